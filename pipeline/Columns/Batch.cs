using TauPipeline.Foundation;

namespace TauPipeline.Columns;

/// <summary>One row of a batch: travels where rows of many batches are mixed.</summary>
public readonly record struct BatchRow(Batch Batch, int Index);

/// <summary>Some rows as typed columns of equal length: the form in which candidates travel through the pipeline.</summary>
public sealed class Batch
{
    private readonly Column[] _columns;

    /// <summary>A batch of these columns.</summary>
    /// <exception cref="Defect">They differ in rows, or a constituents' table differs in offsets.</exception>
    public Batch(IEnumerable<Column> columns, int? rows = null)
    {
        _columns = [.. columns];
        Schema = new Schema(_columns.Select(column => column.Spec));
        Rows = rows ?? (_columns.Length > 0 ? _columns[0].Rows : 0);
        foreach (Column column in _columns)
            if (column.Rows != Rows) throw new Defect($"column '{column.Spec.Name}' has {column.Rows} rows in a batch of {Rows}");
    }

    /// <summary>Names and types.</summary>
    public Schema Schema { get; }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Bytes of all values.</summary>
    public long Bytes => _columns.Sum(column => (long)column.Bytes.Length);

    /// <summary>All columns in the schema's order.</summary>
    public IReadOnlyList<Column> Columns => _columns;

    /// <summary>The column of that name.</summary>
    /// <exception cref="StepFailed">There is none; names the nearest.</exception>
    public Column this[string name] => _columns[Schema.IndexOf(name)];

    /// <summary>The values of a flat column.</summary>
    /// <exception cref="StepFailed">There is no such column, or it has another type.</exception>
    public ReadOnlySpan<T> Flat<T>(string name) where T : unmanaged =>
        this[name] is Column<T> column
            ? column.Values
            : throw ColumnErrors.OtherType(this[name].Spec, ColumnTypes.Name(ColumnTypes.Of<T>()));

    /// <summary>A jagged column.</summary>
    /// <exception cref="StepFailed">There is no such column, or it has another type.</exception>
    public JaggedColumn<T> Jagged<T>(string name) where T : unmanaged =>
        this[name] is JaggedColumn<T> column
            ? column
            : throw ColumnErrors.OtherType(this[name].Spec, ColumnTypes.Name(ColumnTypes.Of<T>()) + "[]");

    /// <summary>The same columns with only these rows, in this order; a row may come more than once.</summary>
    public Batch Take(ReadOnlySpan<int> rows)
    {
        var taken = new Column[_columns.Length];
        for (int i = 0; i < taken.Length; i++) taken[i] = _columns[i].Take(rows);
        return new Batch(taken, rows.Length);
    }

    /// <summary>Only these columns, in this order.</summary>
    public Batch Only(IEnumerable<string> names) => new(names.Select(name => this[name]), Rows);

    /// <summary>These columns and more; a column of the same name is replaced in its place.</summary>
    public Batch With(params ReadOnlySpan<Column> more)
    {
        List<Column> columns = [.. _columns];
        foreach (Column column in more)
        {
            int old = columns.FindIndex(c => c.Spec.Name == column.Spec.Name);
            if (old < 0) columns.Add(column);
            else columns[old] = column;
        }
        return new Batch(columns, Rows);
    }
}
