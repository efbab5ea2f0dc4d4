using System.Buffers.Binary;
using TauPipeline.Codecs;

namespace TauPipeline.Hdf5IO;

/// <summary>
/// The frame of HDF5's filter 32004 around LZ4 blocks: 8 bytes length, 4 bytes length of a block, then of each block 4 bytes stored
/// length and
/// the block, as it is where LZ4 did not shrink it; numbers with the highest byte first.
/// </summary>
internal static class Lz4Blocks
{
    private const int Header = 12;

    /// <summary>Fills the target exactly.</summary>
    /// <exception cref="InvalidDataException">The bytes are not such blocks of that length.</exception>
    public static void Decompress(ReadOnlySpan<byte> source, Span<byte> target)
    {
        if (source.Length < Header) throw new InvalidDataException($"{source.Length} bytes of LZ4");
        ulong length = BinaryPrimitives.ReadUInt64BigEndian(source);
        uint block = BinaryPrimitives.ReadUInt32BigEndian(source[8..]);
        if (length != (ulong)target.Length || block == 0 && length > 0)
            throw new InvalidDataException($"LZ4 data of {length} bytes in blocks of {block} instead of {target.Length}");
        source = source[Header..];
        while (!target.IsEmpty)
        {
            Span<byte> part = target[..(int)Math.Min(block, (uint)target.Length)];
            target = target[part.Length..];
            int stored = source.Length < 4 ? -1 : BinaryPrimitives.ReadInt32BigEndian(source);
            if (stored < 0 || stored > source.Length - 4) throw new InvalidDataException("LZ4 data that end too early");
            ReadOnlySpan<byte> packed = source.Slice(4, stored);
            source = source[(4 + stored)..];
            if (stored == part.Length) packed.CopyTo(part);
            else if (!Codec.Decompress(CodecKind.Lz4, packed, part, out string fault)) throw new InvalidDataException(fault);
        }
    }
}
