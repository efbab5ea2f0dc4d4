using TauPipeline.Hdf5IO.Native;

namespace TauPipeline.Hdf5IO;

/// <summary>Reads rows of a chunked dataset chunk by chunk, past HDF5's own filters; holds one unpacked chunk.</summary>
internal sealed class ChunkReader(Hdf5Id dataset, Hdf5Place at, Hdf5Dataset shape)
{
    private const long MostChunkBytes = 256 << 20;

    // Deflate cannot shrink below 1/1032: a chunk that claims more is damaged, and nothing is allocated for it.
    private const long MostRatio = 1032;

    private readonly ChunkUnpacker _unpacker = new();
    private readonly int _rowBytes = (int)shape.RowWidth * shape.Type.Size;
    private readonly long _chunkRows = shape.Chunk[0];
    private readonly ulong[] _offset = new ulong[shape.Shape.Count];
    private byte[] _stored = [];
    private byte[] _chunk = [];
    private long _held = -1;

    /// <summary>Whether a dataset is so laid out that this reads it: each chunk spans whole rows, and all filters are ours.</summary>
    public static bool Reads(Hdf5Dataset dataset) =>
        dataset.Chunk.Count > 0 && dataset.Filters.All(filter => filter.IsOurs)
        && dataset.Chunk.Skip(1).SequenceEqual(dataset.Shape.Skip(1))
        && dataset.Chunk.Aggregate((double)dataset.Type.Size, (bytes, length) => bytes * length) <= MostChunkBytes;

    /// <summary>Fills <paramref name="into"/> with the bytes of the rows from <paramref name="first"/> on.</summary>
    public void Read(long first, Span<byte> into)
    {
        while (!into.IsEmpty)
        {
            Hold(first / _chunkRows);
            int from = (int)(first % _chunkRows) * _rowBytes;
            int bytes = Math.Min(_chunk.Length - from, into.Length);
            _chunk.AsSpan(from, bytes).CopyTo(into);
            into = into[bytes..];
            first += bytes / _rowBytes;
        }
    }

    private void Hold(long index)
    {
        if (_held == index) return;
        _held = -1;
        long row = index * _chunkRows;
        int length = Load(row, out uint skipped);
        long size = _chunkRows * _rowBytes;
        if (size > length * MostRatio + MostRatio) throw Hdf5Errors.BadChunk(at, row, $"{length} bytes stored for a chunk of {size}");
        if (_chunk.Length != size) _chunk = new byte[size];
        try { _unpacker.Unpack(new ArraySegment<byte>(_stored, 0, length), shape.Filters, skipped, _chunk); }
        catch (InvalidDataException wrong) { throw Hdf5Errors.BadChunk(at, row, wrong.Message); }
        _held = index;
    }

    private int Load(long row, out uint skipped)
    {
        using var gate = Hdf5Library.Enter();
        _offset[0] = (ulong)row;
        at.Check(H5.H5Dget_chunk_storage_size(dataset, _offset, out ulong size));
        if (size == 0) throw Hdf5Errors.BadChunk(at, row, "nothing was ever written there");
        if (size > MostChunkBytes || (long)size > new FileInfo(at.File).Length) throw Hdf5Errors.BadChunk(at, row, $"a length of {size} bytes");
        if (_stored.Length < (int)size) _stored = new byte[size];
        at.Check(H5.H5Dread_chunk(dataset, 0, _offset, out skipped, _stored));
        return (int)size;
    }
}
