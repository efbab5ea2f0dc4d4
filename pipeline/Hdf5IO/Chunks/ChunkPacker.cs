using System.Buffers.Binary;
using System.IO.Compression;
using TauPipeline.Codecs;

namespace TauPipeline.Hdf5IO;

/// <summary>
/// Packs a chunk as HDF5's shuffle and deflate filters would: byte planes in one zlib stream (RFC 1950 and 1951), which
/// every reader takes. Each plane is stored, Huffman coded or deflated, whichever suits it: the low bytes of
/// floats are noise, on which deflate loses its time and makes them longer.
/// </summary>
internal sealed class ChunkPacker : IDisposable
{
    private const int MostStored = ushort.MaxValue;

    // zlib's header for a window of 32 KiB at the lowest level.
    private static readonly byte[] Header = [0x78, 0x01];

    private readonly MemoryStream _packed = new();
    private byte[] _planes = [];

    /// <summary>The packed chunk; valid until the next call.</summary>
    public ReadOnlySpan<byte> Pack(ReadOnlySpan<byte> chunk, int elementSize)
    {
        ReadOnlySpan<byte> planes = elementSize > 1 ? Planes(chunk, elementSize) : chunk;
        _packed.SetLength(0);
        _packed.Write(Header);
        for (int length = chunk.Length / elementSize, from = 0; from < planes.Length; from += length) PackPlane(planes.Slice(from, length));
        WriteStored([], isLast: true);
        Span<byte> checksum = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(checksum, Adler32.Of(planes));
        _packed.Write(checksum);
        return _packed.GetBuffer().AsSpan(0, (int)_packed.Length);
    }

    public void Dispose() => _packed.Dispose();

    private void PackPlane(ReadOnlySpan<byte> plane)
    {
        if (PlaneCoding.For(plane) is not { } coding)
        {
            for (; plane.Length > MostStored; plane = plane[MostStored..]) WriteStored(plane[..MostStored], isLast: false);
            WriteStored(plane, isLast: false);
            return;
        }
        // After a flush the stream is at a whole byte and another may follow; what closing adds would end it, and is cut off.
        long end;
        using (var deflate = new DeflateStream(_packed, coding, leaveOpen: true))
        {
            deflate.Write(plane);
            deflate.Flush();
            end = _packed.Length;
        }
        _packed.SetLength(end);
    }

    // RFC 1951, 3.2.4: a bit that says whether the block is the last, two bits 00, padding, length, its complement, the bytes.
    private void WriteStored(ReadOnlySpan<byte> bytes, bool isLast)
    {
        _packed.Write([
            isLast ? (byte)1 : (byte)0,
            (byte)bytes.Length,
            (byte)(bytes.Length >> 8),
            (byte)~bytes.Length,
            (byte)(~bytes.Length >> 8),
        ]);
        _packed.Write(bytes);
    }

    private ReadOnlySpan<byte> Planes(ReadOnlySpan<byte> chunk, int size)
    {
        if (_planes.Length < chunk.Length) _planes = new byte[chunk.Length];
        BytePlanes.Split(chunk, size, _planes.AsSpan(0, chunk.Length));
        return _planes.AsSpan(0, chunk.Length);
    }
}
