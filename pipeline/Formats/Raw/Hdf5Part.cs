using TauPipeline.Columns;
using TauPipeline.Hdf5IO;

namespace TauPipeline.Formats;

/// <summary>A column that a data set gives.</summary>
/// <param name="Name">Its name in the table: the field, the data set, or <c>tracks_d0</c> of a field of constituents.</param>
/// <param name="Field">The field of the records; <see langword="null"/> if elements are numbers.</param>
/// <param name="TypeName">Its type in words.</param>
/// <param name="Spec">The column; <see langword="null"/> if its values are no numbers.</param>
/// <param name="Values">Values in one element: more than 1 where it is an array.</param>
internal sealed record Hdf5PartColumn(string Name, string? Field, string TypeName, ColumnSpec? Spec, int Values);

/// <summary>
/// One data set of a table. With one axis its numbers, or the fields of its records, are flat columns; with more, each row is a list of
/// constituents, of a fixed length, or without those slots whose field <c>valid</c> is false (the padding of ATLAS's training files).
/// A field that is an array is a list of its own, of its values row by row.
/// </summary>
internal sealed class Hdf5Part : IDisposable
{
    private const string Valid = "valid";

    private readonly Hdf5Dataset _dataset;
    private readonly string? _table;
    private readonly bool _isPadded;

    public Hdf5Part(Hdf5Dataset dataset)
    {
        _dataset = dataset;
        string name = dataset.Path[(dataset.Path.LastIndexOf('/') + 1)..];
        _table = dataset.Shape.Count > 1 ? name : null;
        _isPadded = _table is not null && dataset.Type.Fields.Any(field => field is { Name: Valid, Type.Column: ColumnType.Bool });
        Columns = dataset.Type.Fields.Count == 0
            ? [Column(name, null, dataset.Type)]
            :
            [
                .. dataset.Type.Fields.Select(field =>
                    Column(_table is null ? field.Name : $"{_table}_{field.Name}", field.Name, field.Type)),
            ];
    }

    public long Rows => _dataset.Rows;

    /// <summary>Bytes of a row in the file, unpacked.</summary>
    public long RowBytes => _dataset.RowWidth * _dataset.Type.Size;

    public IReadOnlyList<Hdf5PartColumn> Columns { get; }

    /// <summary>Some rows of these columns, in their order.</summary>
    public IEnumerable<Column> Read(long first, int rows, IReadOnlyList<string> names)
    {
        if (_dataset.Type.Fields.Count == 0) return [InTable(_dataset.ReadColumn(first, rows), Columns[0], Offsets(rows, null), null)];
        Hdf5PartColumn[] wanted = [.. names.Select(name => Columns.First(column => column.Name == name))];
        string[] fields = [.. wanted.Select(column => column.Field!), .. _isPadded ? [Valid] : Array.Empty<string>()];
        IReadOnlyList<Column> read = _dataset.ReadFields(first, rows, fields);
        int[]? kept = _isPadded ? Places(((Column<bool>)read[^1]).Values) : null;
        int[] offsets = Offsets(rows, kept);
        return wanted.Select((column, i) => InTable(read[i], column, offsets, kept));
    }

    public void Dispose() => _dataset.Dispose();

    private Hdf5PartColumn Column(string name, string? field, Hdf5Type type) => new(name, field,
        type.Name + (_table is null ? "" : $"[{_dataset.RowWidth}]"),
        type.Column is { } numbers ? new ColumnSpec(name, numbers, type.Values > 1 ? name : _table) : null,
        type.Values);

    // Where each row begins among the kept slots, or among all.
    private int[] Offsets(int rows, int[]? kept)
    {
        var offsets = new int[rows + 1];
        int width = (int)_dataset.RowWidth;
        for (int row = 1, at = 0; row <= rows; row++)
        {
            if (kept is null) at += width;
            else while (at < kept.Length && kept[at] < row * width) at++;
            offsets[row] = at;
        }
        return offsets;
    }

    // The slots that are kept, in order.
    private static int[] Places(ReadOnlySpan<bool> valid)
    {
        var places = new int[valid.Count(true)];
        for (int slot = 0, at = 0; at < places.Length; slot++)
            if (valid[slot]) places[at++] = slot;
        return places;
    }

    private static Column InTable(Column read, Hdf5PartColumn column, int[] offsets, int[]? kept) => column.Spec!.Table is null
        ? read.As(column.Spec)
        : new Constituents(
            read,
            column,
            column.Values == 1 ? offsets : Array.ConvertAll(offsets, slots => slots * column.Values),
            kept).Column;

    /// <summary>Slots end to end as a list a row.</summary>
    private sealed class Constituents : IColumnVisitor
    {
        private readonly ColumnSpec _spec;
        private readonly int _size;
        private readonly int[] _offsets;
        private readonly int[]? _kept;

        public Constituents(Column read, Hdf5PartColumn column, int[] offsets, int[]? kept)
        {
            (_spec, _size, _offsets, _kept) = (column.Spec!, column.Values, offsets, kept);
            read.Accept(this);
        }

        public Column Column { get; private set; } = null!;

        public void Visit<T>(Column<T> column)
            where T : unmanaged => Column = new JaggedColumn<T>(_spec.Name, _spec.Table!, _offsets, Kept(column));

        public void Visit<T>(JaggedColumn<T> column) where T : unmanaged => Column = column;

        private ReadOnlyMemory<T> Kept<T>(Column<T> column) where T : unmanaged
        {
            ReadOnlySpan<T> all = column.Values;
            if (_kept is null) return all.ToArray();
            T[] values = GC.AllocateUninitializedArray<T>(_offsets[^1]);
            if (_size == 1)
                for (int i = 0; i < values.Length; i++) values[i] = all[_kept[i]];
            else
                for (int i = 0; i < _kept.Length; i++) all.Slice(_kept[i] * _size, _size).CopyTo(values.AsSpan(i * _size));
            return values;
        }
    }
}
