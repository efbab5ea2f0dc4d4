using System.Buffers.Binary;
using TauPipeline.Codecs;

namespace TauPipeline.Hdf5IO;

/// <summary>
/// Packs a chunk as HDF5's shuffle and deflate filters would: byte planes in one zlib stream (RFC 1950 and 1951), which
/// every reader takes. Each plane is stored, or coded byte by byte or as runs, whichever suits it: the low bytes of
/// floats are noise, on which deflate loses its time and makes them longer.
/// </summary>
internal sealed class ChunkPacker : IDisposable
{
    private const int MostStored = ushort.MaxValue;

    // zlib's header for a window of 32 KiB at the lowest level.
    private static readonly byte[] Header = [0x78, 0x01];

    private readonly MemoryStream _packed = new();
    private byte[] _planes = [], _coded = [];

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
        if (_coded.Length < HuffmanBlock.Most(plane.Length)) _coded = new byte[HuffmanBlock.Most(plane.Length)];
        int coded = PlaneCoding.HasRuns(plane) is { } hasRuns ? HuffmanBlock.Write(plane, hasRuns, _coded) : 0;
        if (coded > 0)
        {
            _packed.Write(_coded.AsSpan(0, coded));
            return;
        }
        for (; plane.Length > MostStored; plane = plane[MostStored..]) WriteStored(plane[..MostStored], isLast: false);
        WriteStored(plane, isLast: false);
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
