using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Hdf5IO.Native;

namespace TauPipeline.Hdf5IO;

/// <summary>
/// Writes a one-dimensional dataset by appending to it: full chunks leave on <see cref="Flush"/>, the rest on
/// <see cref="Complete"/>. A dataset shorter than a chunk is one chunk of its own length.
/// </summary>
public sealed class Hdf5DatasetWriter : IDisposable
{
    private readonly Hdf5Id _file;
    private readonly Hdf5Place _at;
    private readonly ChunkPacker _packer;
    private readonly ColumnType _type;
    private readonly int _size;
    private readonly int _chunkBytes;
    private byte[] _buffer = [];
    private int _filled;
    private long _written;
    private Hdf5Id? _id;

    internal Hdf5DatasetWriter(Hdf5Id file, Hdf5Place at, ChunkPacker packer, (ColumnType Type, int ChunkRows) layout)
    {
        _file = file;
        _at = at;
        _packer = packer;
        _type = layout.Type;
        _size = ColumnTypes.Size(layout.Type);
        _chunkBytes = _size * layout.ChunkRows;
    }

    /// <summary>Values appended so far.</summary>
    public long Rows => _written + _filled / _size;

    /// <summary>Adds values, given as bytes in memory order (<see cref="Column.Bytes"/>).</summary>
    public void Append(ReadOnlySpan<byte> values)
    {
        if (values.Length % _size != 0) throw new Defect($"{values.Length} bytes are no whole number of {ColumnTypes.Name(_type)} for {_at.Object}");
        int needed = _filled + values.Length;
        if (needed > _buffer.Length) Array.Resize(ref _buffer, Math.Max(needed, Math.Min(2 * _buffer.Length, _chunkBytes)));
        values.CopyTo(_buffer.AsSpan(_filled));
        _filled = needed;
    }

    /// <summary>Stores all full chunks.</summary>
    /// <exception cref="StepFailed">They cannot be written.</exception>
    public void Flush()
    {
        int done = 0;
        for (; _filled - done >= _chunkBytes; done += _chunkBytes) Store(_buffer.AsSpan(done, _chunkBytes), _chunkBytes / _size);
        if (done == 0) return;
        _buffer.AsSpan(done, _filled - done).CopyTo(_buffer);
        _filled -= done;
    }

    /// <summary>Stores what is left and closes the dataset.</summary>
    /// <exception cref="StepFailed">It cannot be written.</exception>
    public void Complete()
    {
        Flush();
        int rows = _filled / _size;
        if (_id is null)
        {
            _id = Create(Math.Max(1, rows));
            if (rows > 0) Store(_buffer.AsSpan(0, _filled), rows);
        }
        else if (rows > 0) Store(Padded(), rows);
        _filled = 0;
        _buffer = [];
        Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => _id?.Dispose();

    // HDF5 wants an edge chunk at its full size.
    private ReadOnlySpan<byte> Padded()
    {
        if (_buffer.Length < _chunkBytes) Array.Resize(ref _buffer, _chunkBytes);
        Span<byte> chunk = _buffer.AsSpan(0, _chunkBytes);
        chunk[_filled..].Clear();
        return chunk;
    }

    private void Store(ReadOnlySpan<byte> chunk, int rows)
    {
        _id ??= Create(_chunkBytes / _size);
        ReadOnlySpan<byte> packed = _packer.Pack(chunk, _size);
        using var gate = Hdf5Library.Enter();
        _at.Check(H5.H5Dset_extent(_id, [(ulong)(_written + rows)]));
        _at.Check(H5.H5Dwrite_chunk(_id, 0, filters: 0, [(ulong)_written], packed.Length, packed));
        _written += rows;
    }

    private Hdf5Id Create(int chunkRows)
    {
        using var gate = Hdf5Library.Enter();
        using Hdf5Id list = _at.Own(H5.H5Pcreate(Hdf5Library.Current.DatasetCreation));
        _at.Check(H5.H5Pset_obj_track_times(list, false)); // the same content must be the same bytes
        _at.Check(H5.H5Pset_chunk(list, 1, [(ulong)chunkRows]));
        if (_size > 1) _at.Check(H5.H5Pset_shuffle(list));
        _at.Check(H5.H5Pset_deflate(list, 1));
        using Hdf5Id space = _at.Own(H5.H5Screate_simple(1, [0UL], [H5.Unlimited]));
        using Hdf5Id? boolean = _type == ColumnType.Bool ? Bool() : null;
        return _at.Own(H5.H5Dcreate2(_file, _at.Object, boolean?.Value ?? Hdf5Library.Current.Native(_type), space, 0, list, 0));
    }

    // What h5py reads as bool.
    private Hdf5Id Bool()
    {
        Hdf5Id type = _at.Own(H5.H5Tenum_create(Hdf5Library.Current.Native(ColumnType.Int8)));
        _at.Check(H5.H5Tenum_insert(type, "FALSE", 0));
        _at.Check(H5.H5Tenum_insert(type, "TRUE", 1));
        return type;
    }
}
