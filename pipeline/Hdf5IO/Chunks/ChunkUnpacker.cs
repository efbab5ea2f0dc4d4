using System.IO.Compression;
using PureHDF.Filters;
using TauPipeline.Codecs;

namespace TauPipeline.Hdf5IO;

/// <summary>Undoes HDF5's filters (HDF5 File Format 3.0, IV.A.2.l), last one first.</summary>
internal sealed class ChunkUnpacker(IReadOnlyList<Hdf5Filter> filters)
{
    private static readonly ScaleOffsetFilter ScaleOffset = new();

    // What a filter makes goes into one, what it takes lies in the other.
    private readonly byte[][] _between = [[], []];

    /// <summary>Fills a chunk from its stored bytes.</summary>
    /// <exception cref="InvalidDataException">The bytes are not what the filters make.</exception>
    public void Unpack(ReadOnlySpan<byte> stored, Span<byte> chunk)
    {
        for (int i = filters.Count - 1; i > 0; i--)
        {
            int length = Before(i, chunk.Length);
            stored = length >= 0 ? Undo(filters[i], stored, Between(i, length)) : UndoOfAnyLength(filters[i], stored, chunk.Length);
        }
        ReadOnlySpan<byte> values = Undo(filters[0], stored, chunk);
        if (values.Length != chunk.Length) throw new InvalidDataException($"{values.Length} bytes instead of {chunk.Length}");
        if (!values.Overlaps(chunk)) values.CopyTo(chunk);
    }

    // The target filled, or a part of what was stored.
    private static ReadOnlySpan<byte> Undo(Hdf5Filter filter, ReadOnlySpan<byte> stored, Span<byte> target)
    {
        switch (filter)
        {
            case { Id: Hdf5Filter.Deflate }:
                if (!Codec.Decompress(CodecKind.Zlib, stored, target, out string fault)) throw new InvalidDataException(fault);
                return target;
            case { Id: Hdf5Filter.Shuffle, Values: [uint size, ..] }:
                if (stored.Length != target.Length) throw new InvalidDataException($"{stored.Length} bytes instead of {target.Length}");
                BytePlanes.Join(stored, (int)Math.Min(size, int.MaxValue), target);
                return target;
            case { Id: Hdf5Filter.Fletcher32 }:
                return Fletcher32.Checked(stored);
            case { Id: Hdf5Filter.Lzf }:
                // What LZF cannot shrink is stored as it is; what it can is shorter.
                if (stored.Length == target.Length) return stored;
                Lzf.Decompress(stored, target);
                return target;
            case { Id: Hdf5Filter.Lz4 }:
                Lz4Blocks.Decompress(stored, target);
                return target;
            case { Id: Hdf5Filter.ScaleOffset }:
                return ScaleOffset.Filter(new FilterInfo(H5FilterFlags.Decompress, [.. filter.Values], target.Length, stored.ToArray()))
                    .Span;
            default:
                throw new InvalidDataException($"a filter '{filter.Name}' of {filter.Values.Count} parameters");
        }
    }

    // What scale-offset makes of a chunk has any length; it adds 21 bytes at most.
    private static byte[] UndoOfAnyLength(Hdf5Filter filter, ReadOnlySpan<byte> stored, int chunk)
    {
        byte[] bytes = new byte[chunk + 64];
        switch (filter)
        {
            case { Id: Hdf5Filter.Fletcher32 }:
                return Fletcher32.Checked(stored).ToArray();
            case { Id: Hdf5Filter.Shuffle, Values: [uint size, ..] } when stored.Length <= bytes.Length:
                BytePlanes.Join(stored, (int)Math.Min(size, int.MaxValue), bytes.AsSpan(0, stored.Length));
                return bytes[..stored.Length];
            case { Id: Hdf5Filter.Deflate }:
                using (var inflate = new ZLibStream(new MemoryStream(stored.ToArray()), CompressionMode.Decompress))
                    return bytes[..inflate.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
            default:
                throw new InvalidDataException($"a filter '{filter.Name}' behind scale-offset");
        }
    }

    // How many bytes went into a filter; -1 if the filters before it do not tell.
    private int Before(int index, int chunk)
    {
        for (int i = 0; i < index; i++)
        {
            if (filters[i].Id == Hdf5Filter.Fletcher32) chunk += Fletcher32.Bytes;
            else if (filters[i].Id != Hdf5Filter.Shuffle) return -1;
        }
        return chunk;
    }

    private Span<byte> Between(int index, int length)
    {
        ref byte[] buffer = ref _between[index & 1];
        if (buffer.Length < length) buffer = new byte[length];
        return buffer.AsSpan(0, length);
    }
}
