using System.Runtime.InteropServices;
using PureHDF;
using PureHDF.Selections;
using PureHDF.VOL.Native;
using TauPipeline.Columns;
using TauPipeline.Foundation;

namespace TauPipeline.Hdf5IO;

/// <summary>A dataset open for reading by ranges of its first axis; one thread at a time.</summary>
public sealed class Hdf5Dataset : IDisposable
{
    private readonly Hdf5Place _at;
    private readonly NativeDataset _native;
    private readonly H5DataLayoutClass _layout;
    private readonly GuardedBytes _bytes;
    private readonly long? _place;
    private HeldChunks? _chunks;

    /// <param name="native">What PureHDF knows of it.</param>
    /// <param name="at">File and path.</param>
    /// <param name="bytes">The file's bytes.</param>
    internal Hdf5Dataset(NativeDataset native, Hdf5Place at, GuardedBytes bytes)
    {
        (_native, _at, _bytes) = (native, at, bytes);
        try
        {
            Type = Hdf5TypeReader.Of(native.Type, at);
            // A null dataspace holds nothing, as h5py's Empty.
            Shape = native.Space.Type == H5DataspaceType.Null ? [0] : Lengths(native.Space.Dimensions);
            _layout = native.Layout.Class;
            Chunk = _layout == H5DataLayoutClass.Chunked ? Lengths(native.Layout.Chunks) : [];
            Filters = Unstated.Filters(native);
            _place = _layout == H5DataLayoutClass.Contiguous ? Unstated.Place(native) : null;
        }
        catch (Exception problem) when (problem is not PipelineException) { throw at.Failed(problem); }
        if (Chunk.Count > 0 && (Chunk.Count != Shape.Count || Chunk.Contains(0))) throw Hdf5Errors.TooLarge(at, "a chunk", 0);
    }

    /// <summary>Path in the file.</summary>
    public string Path => _at.Object;

    /// <summary>Length of each axis; empty for a single value.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>Type of one element.</summary>
    public Hdf5Type Type { get; }

    /// <summary>Length of a chunk along each axis; empty if it is not chunked.</summary>
    public IReadOnlyList<long> Chunk { get; }

    /// <summary>Its filters, in the order in which a writer applies them.</summary>
    public IReadOnlyList<Hdf5Filter> Filters { get; }

    /// <summary>Length of the first axis.</summary>
    public long Rows => Shape.Count == 0 ? 1 : Shape[0];

    /// <summary>Elements of one row: the product of the other axes.</summary>
    public long RowWidth => field > 0 ? field : field = Shape.Skip(1).Aggregate(1L, (product, length) => checked(product * length));

    /// <summary>Reads some rows of numbers, all axes but the first flattened.</summary>
    /// <exception cref="StepFailed">The rows or the type are others, or the file is damaged.</exception>
    public T[] Read<T>(long first, int rows) where T : unmanaged
    {
        if (Type.Column != ColumnTypes.Of<T>()) throw Hdf5Errors.OtherType(_at, ColumnTypes.Name(ColumnTypes.Of<T>()), Type.Name);
        if (!Type.IsAsInMemory || Type.Column == ColumnType.Bool) return [.. ((Column<T>)ReadColumn(first, rows)).Values];
        CheckRange(first, rows);
        T[] values = GC.AllocateUninitializedArray<T>(BytesOf(rows) / ColumnTypes.Size(Type.Column.Value));
        ReadBytes(first, rows, MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    /// <summary>Reads all values; for small datasets.</summary>
    /// <exception cref="StepFailed">The type is another, or the file is damaged.</exception>
    public T[] ReadAll<T>() where T : unmanaged => Read<T>(0, checked((int)Math.Min(Rows, int.MaxValue)));

    /// <summary>Reads some rows of numbers as a column named like the dataset.</summary>
    /// <exception cref="StepFailed">The elements are not numbers, the rows are others, or the file is damaged.</exception>
    public Column ReadColumn(long first, int rows)
    {
        string name = Path[(Path.LastIndexOf('/') + 1)..];
        return RecordColumns.Of(Records(first, rows), Type.Size, new Hdf5Field(name, 0, Type), _at);
    }

    /// <summary>Reads some rows of these fields of a compound, one column each; the other axes, and arrays, are flattened.</summary>
    /// <exception cref="StepFailed">There is no such field, it is no number, the rows are others, or the file is damaged.</exception>
    public IReadOnlyList<Column> ReadFields(long first, int rows, IEnumerable<string> fields)
    {
        Hdf5Field[] wanted = [.. fields.Select(Field)];
        byte[] records = Records(first, rows);
        return [.. wanted.Select(field => RecordColumns.Of(records, Type.Size, field, _at))];
    }

    /// <inheritdoc/>
    public void Dispose() => _chunks = null;

    private Hdf5Field Field(string name) => Type.Fields.FirstOrDefault(field => field.Name == name)
        ?? throw Hdf5Errors.NoObject(_at.At($"{Path}.{name}"), "field", Type.Fields.Select(field => $"{Path}.{field.Name}"));

    private byte[] Records(long first, int rows)
    {
        CheckRange(first, rows);
        byte[] records = GC.AllocateUninitializedArray<byte>(BytesOf(rows));
        ReadBytes(first, rows, records);
        return records;
    }

    private int BytesOf(int rows) => (double)RowWidth * rows * Type.Size is var bytes && bytes <= Array.MaxLength
        ? (int)bytes
        : throw Hdf5Errors.TooLarge(_at, $"{rows} rows", bytes < long.MaxValue ? (long)bytes : -1);

    private void CheckRange(long first, int rows)
    {
        if (first < 0 || rows < 0 || first > Rows - rows) throw Hdf5Errors.OutOfRange(_at, first, rows, Rows);
    }

    // Always the bytes of the file: PureHDF takes big-endian fields of compounds for little-endian, and converts no float16 exactly.
    private void ReadBytes(long first, int rows, Span<byte> into)
    {
        if (into.IsEmpty) return;
        if (!Type.IsPlain) throw Hdf5Errors.OtherType(_at, "plain values", Type.Name);
        if (_layout is not (H5DataLayoutClass.Compact or H5DataLayoutClass.Contiguous or H5DataLayoutClass.Chunked))
            throw Hdf5Errors.OtherLayout(_at, $"{_layout}");
        if (Filters.FirstOrDefault(filter => !filter.IsKnown) is { } other) throw Hdf5Errors.UnknownFilter(_at, $"{other.Id} {other.Name}");
        _bytes.Renew();
        try
        {
            if (_layout == H5DataLayoutClass.Chunked) _chunks ??= new HeldChunks(_at, this, _native.FillValue.Value, _bytes.Renew);
            // Rows follow one another; PureHDF would read each by itself where it has further axes.
            if (_place is { } place) _bytes.ReadDataset(place + first * RowWidth * Type.Size, into);
            else _native.Read(new H5DatasetAccess(ChunkCache: _chunks), into, Selection(first, rows));
        }
        catch (Exception problem) when (problem is not PipelineException) { throw _at.Failed(problem); }
    }

    private HyperslabSelection? Selection(long first, int rows)
    {
        if (Shape.Count == 0) return null;
        ulong[] starts = new ulong[Shape.Count], blocks = [.. Shape.Select(length => (ulong)length)];
        (starts[0], blocks[0]) = ((ulong)first, (ulong)rows);
        return new HyperslabSelection(Shape.Count, starts, blocks);
    }

    private long[] Lengths(ulong[] lengths) =>
        [.. lengths.Select(length => length <= long.MaxValue ? (long)length : throw Hdf5Errors.TooLarge(_at, "an axis", -1))];
}
