using System.Runtime.InteropServices;
using TauPipeline.Columns;
using TauPipeline.Hdf5IO.Native;

namespace TauPipeline.Hdf5IO;

/// <summary>A dataset open for reading by ranges of its first axis.</summary>
public sealed class Hdf5Dataset : IDisposable
{
    private readonly Hdf5Place _at;
    private readonly Hdf5Id _id;
    private readonly Hdf5Id _type;
    private readonly ChunkReader? _chunks;

    internal Hdf5Dataset(Hdf5Id id, Hdf5Place at)
    {
        _id = id;
        _at = at;
        using Hdf5Id space = at.Own(H5.H5Dget_space(id));
        using Hdf5Id list = at.Own(H5.H5Dget_create_plist(id));
        _type = at.Own(H5.H5Dget_type(id));
        Type = Hdf5Type.Of(_type, at);
        Shape = Hdf5Shape.Of(space, at);
        Chunk = Hdf5Shape.OfChunk(list, Shape.Count, at);
        Filters = Hdf5Shape.FiltersOf(list, at);
        if (ChunkReader.Reads(this)) _chunks = new ChunkReader(id, at, this);
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
    public long RowWidth => Shape.Skip(1).Aggregate(1L, (product, length) => checked(product * length));

    /// <summary>Reads some rows of numbers, all axes but the first flattened.</summary>
    /// <exception cref="Foundation.StepFailed">The rows or the type are others, or the file is damaged.</exception>
    public T[] Read<T>(long first, int rows) where T : unmanaged
    {
        if (Type.Column != ColumnTypes.Of<T>()) throw Hdf5Errors.OtherType(_at, ColumnTypes.Name(ColumnTypes.Of<T>()), Type.Name);
        if (!Type.IsAsInMemory || Type.Column == ColumnType.Bool) return [.. ((Column<T>)ReadColumn(first, rows)).Values];
        CheckRange(first, rows);
        var values = new T[ElementsOf(rows)];
        ReadBytes(first, rows, MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    /// <summary>Reads all values; for small datasets.</summary>
    /// <exception cref="Foundation.StepFailed">The type is another, or the file is damaged.</exception>
    public T[] ReadAll<T>() where T : unmanaged => Read<T>(0, checked((int)Math.Min(Rows, int.MaxValue)));

    /// <summary>Reads some rows of numbers as a column named like the dataset.</summary>
    /// <exception cref="Foundation.StepFailed">The elements are not numbers, the rows are others, or the file is damaged.</exception>
    public Column ReadColumn(long first, int rows)
    {
        string name = Path[(Path.LastIndexOf('/') + 1)..];
        return RecordColumns.Of(Records(first, rows), Type.Size, new Hdf5Field(name, 0, Type), _at);
    }

    /// <summary>Reads some rows of these fields of a compound, one column each; the other axes are flattened.</summary>
    /// <exception cref="Foundation.StepFailed">There is no such field, it is no number, the rows are others, or the file is damaged.</exception>
    public IReadOnlyList<Column> ReadFields(long first, int rows, IEnumerable<string> fields)
    {
        Hdf5Field[] wanted = [.. fields.Select(Field)];
        byte[] records = Records(first, rows);
        return [.. wanted.Select(field => RecordColumns.Of(records, Type.Size, field, _at))];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _type.Dispose();
        _id.Dispose();
    }

    private Hdf5Field Field(string name) => Type.Fields.FirstOrDefault(field => field.Name == name)
        ?? throw Hdf5Errors.NoObject(_at.At($"{Path}.{name}"), "field", Type.Fields.Select(field => $"{Path}.{field.Name}"));

    private byte[] Records(long first, int rows)
    {
        CheckRange(first, rows);
        var records = new byte[checked((long)ElementsOf(rows) * Type.Size)];
        ReadBytes(first, rows, records);
        return records;
    }

    private int ElementsOf(int rows) => RowWidth * rows is var count && count * Type.Size <= Array.MaxLength
        ? (int)count
        : throw Hdf5Errors.TooLarge(_at, $"{rows} rows", count * Type.Size);

    private void CheckRange(long first, int rows)
    {
        if (first < 0 || rows < 0 || first > Rows - rows) throw Hdf5Errors.OutOfRange(_at, first, rows, Rows);
    }

    private void ReadBytes(long first, int rows, Span<byte> into)
    {
        if (into.IsEmpty) return;
        if (_chunks is not null) _chunks.Read(first, into);
        else ReadByLibrary(first, rows, into);
    }

    // With the file's own type as memory type nothing is converted: HDF5 1.10's float16 conversion is not exact.
    private void ReadByLibrary(long first, int rows, Span<byte> into)
    {
        if (!Type.IsPlain) throw Hdf5Errors.OtherType(_at, "plain values", Type.Name);
        using var gate = Hdf5Library.Enter();
        using Hdf5Id file = _at.Own(H5.H5Dget_space(_id));
        if (Shape.Count == 0)
        {
            Read(file, file, into);
            return;
        }
        ulong[] start = new ulong[Shape.Count], count = [.. Shape.Select(length => (ulong)length)];
        (start[0], count[0]) = ((ulong)first, (ulong)rows);
        _at.Check(H5.H5Sselect_hyperslab(file, 0, start, 0, count, 0));
        using Hdf5Id memory = _at.Own(H5.H5Screate_simple(count.Length, count, count));
        Read(memory, file, into);
    }

    private void Read(Hdf5Id memory, Hdf5Id file, Span<byte> into)
    {
        if (H5.H5Dread(_id, _type, memory, file, 0, into) >= 0) return;
        string reason = Hdf5ErrorStack.Take();
        throw Filters.FirstOrDefault(filter => H5.H5Zfilter_avail(filter.Id) <= 0) is { } filter
            ? Hdf5Errors.UnknownFilter(_at, $"{filter.Id} {filter.Name}")
            : Hdf5Errors.Failed(_at, reason);
    }
}
