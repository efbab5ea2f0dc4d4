using PureHDF;
using TauPipeline.Columns;
using TauPipeline.Foundation;

namespace TauPipeline.Hdf5IO;

/// <summary>
/// Writes a dataset by appending rows to it, of one value or record each, or of as many slots as it has: full chunks are packed on
/// <see cref="Flush"/>, the rest on
/// <see cref="Complete"/>. A dataset shorter than a chunk is one chunk of its own length.
/// </summary>
public sealed class Hdf5DatasetWriter : IDisposable
{
    private readonly Hdf5Place _at;
    private readonly PackedChunks _chunks;
    private readonly Action<H5Dataset> _whole;
    private readonly WrittenRow _row;
    private readonly int _size;
    private readonly int _chunkBytes;
    private byte[] _buffer = [];
    private int _filled;
    private long _packed;

    /// <param name="at">File and path.</param>
    /// <param name="layout">What a row is, and rows in a chunk.</param>
    /// <param name="chunks">Where packed chunks go.</param>
    /// <param name="whole">Takes the dataset once it is complete.</param>
    internal Hdf5DatasetWriter(Hdf5Place at, (WrittenRow Row, int ChunkRows) layout, PackedChunks chunks, Action<H5Dataset> whole)
    {
        (_at, _row, _chunks, _whole) = (at, layout.Row, chunks, whole);
        _size = layout.Row.Bytes;
        _chunkBytes = _size * layout.ChunkRows;
    }

    /// <summary>Rows appended so far.</summary>
    public long Rows => _packed + _filled / _size;

    internal string Path => _at.Object;

    internal bool IsComplete { get; private set; }

    /// <summary>Adds rows, given as bytes in memory order (<see cref="Column.Bytes"/>), or as records.</summary>
    public void Append(ReadOnlySpan<byte> values)
    {
        if (values.Length % _size != 0)
            throw new Defect($"{values.Length} bytes are no whole number of {_row.Name} for {_at.Object}");
        int needed = _filled + values.Length;
        if (needed > _buffer.Length) Array.Resize(ref _buffer, Math.Max(needed, Math.Min(2 * _buffer.Length, _chunkBytes)));
        values.CopyTo(_buffer.AsSpan(_filled));
        _filled = needed;
    }

    /// <summary>Packs all full chunks.</summary>
    /// <exception cref="StepFailed">What does not fit into memory cannot be written beside the file.</exception>
    public void Flush()
    {
        int done = 0;
        for (; _filled - done >= _chunkBytes; done += _chunkBytes) Pack(_buffer.AsSpan(done, _chunkBytes));
        if (done == 0) return;
        _packed += done / _size;
        _buffer.AsSpan(done, _filled - done).CopyTo(_buffer);
        _filled -= done;
    }

    /// <summary>Packs what is left; no more can be added.</summary>
    /// <exception cref="StepFailed">What does not fit into memory cannot be written beside the file.</exception>
    public void Complete()
    {
        Flush();
        long rows = Rows;
        int chunkRows = (int)Math.Min(_chunkBytes / _size, rows);
        if (_filled > 0) Pack(_packed == 0 ? _buffer.AsSpan(0, _filled) : Padded());
        (_packed, _filled, _buffer) = (rows, 0, []);
        _whole(_row.Dataset(rows, chunkRows, _chunks));
        IsComplete = true;
    }

    /// <summary>Lets go of what was not completed: the file is then not written.</summary>
    public void Dispose() => _buffer = [];

    // HDF5 wants an edge chunk at its full size.
    private ReadOnlySpan<byte> Padded()
    {
        if (_buffer.Length < _chunkBytes) Array.Resize(ref _buffer, _chunkBytes);
        Span<byte> chunk = _buffer.AsSpan(0, _chunkBytes);
        chunk[_filled..].Clear();
        return chunk;
    }

    private void Pack(ReadOnlySpan<byte> chunk)
    {
        try { _chunks.Add(chunk, _row.ElementBytes); }
        catch (IOException problem) { throw _at.Failed(problem); }
    }
}

/// <summary>One row of a dataset that is written.</summary>
/// <param name="Name">Its type in words.</param>
/// <param name="Bytes">Its bytes.</param>
/// <param name="ElementBytes">Bytes of one element: of a value or a record.</param>
/// <param name="Dataset">Makes the dataset of so many rows, with so many in a chunk.</param>
internal sealed record WrittenRow(string Name, int Bytes, int ElementBytes, Func<long, int, PackedChunks, H5Dataset> Dataset)
{
    /// <summary>One value.</summary>
    public static WrittenRow Of(ColumnType type) => new(ColumnTypes.Name(type), ColumnTypes.Size(type), ColumnTypes.Size(type),
        (rows, chunkRows, chunks) => ColumnDataset.Of(type, rows, chunkRows, chunks));

    /// <summary>One record, or with slots as many.</summary>
    public static WrittenRow Of(Hdf5Record record, int slots) => new("records", record.Size * Math.Max(1, slots), record.Size,
        (rows, chunkRows, chunks) => RecordType.Of(record, (rows, slots), chunkRows, chunks));
}
