using System.IO.Compression;

namespace TauPipeline.Hdf5IO;

/// <summary>
/// Packs and unpacks chunks as HDF5's own deflate and shuffle filters do (HDF5 File Format 3.0, IV.A.2.l): each chunk is
/// one zlib stream (RFC 1950), so every reader takes them; done here because it is several times faster than inside libhdf5.
/// </summary>
internal sealed class ChunkCodec
{
    private readonly MemoryStream _packed = new();
    private byte[] _spare = [];

    /// <summary>A chunk through shuffle and deflate; valid until the next call.</summary>
    public ReadOnlySpan<byte> Pack(ReadOnlySpan<byte> chunk, int elementSize)
    {
        _packed.SetLength(0);
        using (var deflate = new ZLibStream(_packed, CompressionLevel.Fastest, leaveOpen: true))
            deflate.Write(elementSize > 1 ? Shuffled(chunk, elementSize) : chunk);
        return _packed.GetBuffer().AsSpan(0, (int)_packed.Length);
    }

    /// <summary>Undoes the filters of a stored chunk, last one first; those in <paramref name="skipped"/> were not applied.</summary>
    /// <exception cref="InvalidDataException">The bytes are not what the filters make.</exception>
    public void Unpack(byte[] stored, int length, IReadOnlyList<Hdf5Filter> filters, uint skipped, Span<byte> chunk)
    {
        var applied = Enumerable.Range(0, filters.Count).Where(i => (skipped >> i & 1) == 0).Select(i => filters[i]).Reverse().ToArray();
        bool shuffled = applied.Length > 0 && applied[^1].Id == Hdf5Filter.Shuffle;
        if (shuffled) applied = applied[..^1];
        Span<byte> flat = shuffled ? Spare(chunk.Length) : chunk;
        switch (applied)
        {
            case []: Copy(stored.AsSpan(0, length), flat); break;
            case [{ Id: Hdf5Filter.Deflate }]: Inflate(stored, length, flat); break;
            default: throw new InvalidDataException($"an unusual order of filters: {string.Join(", ", filters.Select(filter => filter.Name))}");
        }
        if (shuffled) Unshuffle(flat, (int)filters[0].Values[0], chunk);
    }

    private static void Copy(ReadOnlySpan<byte> stored, Span<byte> chunk)
    {
        if (stored.Length != chunk.Length) throw new InvalidDataException($"{stored.Length} bytes instead of {chunk.Length}");
        stored.CopyTo(chunk);
    }

    private static void Inflate(byte[] stored, int length, Span<byte> chunk)
    {
        using var inflate = new ZLibStream(new MemoryStream(stored, 0, length), CompressionMode.Decompress);
        int read = inflate.ReadAtLeast(chunk, chunk.Length, throwOnEndOfStream: false);
        // The read past the end makes zlib compare its checksum.
        if (read != chunk.Length || inflate.ReadByte() >= 0) throw new InvalidDataException($"a zlib stream that does not give {chunk.Length} bytes");
    }

    private ReadOnlySpan<byte> Shuffled(ReadOnlySpan<byte> chunk, int size)
    {
        Span<byte> planes = Spare(chunk.Length);
        int count = chunk.Length / size;
        for (int plane = 0; plane < size; plane++)
        {
            Span<byte> bytes = planes.Slice(plane * count, count);
            for (int i = 0, from = plane; i < bytes.Length; i++, from += size) bytes[i] = chunk[from];
        }
        return planes;
    }

    private static void Unshuffle(ReadOnlySpan<byte> planes, int size, Span<byte> chunk)
    {
        if (size < 1 || chunk.Length % size != 0) throw new InvalidDataException($"shuffled by {size} bytes");
        int count = chunk.Length / size;
        for (int plane = 0; plane < size; plane++)
        {
            ReadOnlySpan<byte> bytes = planes.Slice(plane * count, count);
            for (int i = 0, to = plane; i < bytes.Length; i++, to += size) chunk[to] = bytes[i];
        }
    }

    private Span<byte> Spare(int length)
    {
        if (_spare.Length < length) _spare = new byte[length];
        return _spare.AsSpan(0, length);
    }
}
