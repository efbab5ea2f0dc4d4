namespace TauPipeline.Columns;

/// <summary>Rows brought to a schema: its columns in its order, in its types; what they have not is missing.</summary>
public static class Conformed
{
    /// <summary>The rows with exactly these columns; rows that conform are not copied.</summary>
    /// <exception cref="Foundation.StepFailed">A value has no room in the type of its column.</exception>
    /// <exception cref="Foundation.Defect">A column that is not there cannot say so.</exception>
    public static Batch To(Schema schema, Batch rows) => new(schema.Columns.Select(column => Column(column, rows)), rows.Rows);

    private static Column Column(ColumnSpec column, Batch rows)
    {
        if (rows.Schema.Find(column.Name) is not null) return ColumnCast.To(rows[column.Name], column.Type);
        if (!column.IsJagged) return Missing.Everywhere(column, rows.Rows);
        // A list is as long as those of its table; of a table that is not there it is empty.
        ColumnSpec? beside = rows.Schema.Columns.FirstOrDefault(other => other.Table == column.Table);
        int[] offsets = beside is null ? new int[rows.Rows + 1] : new Beside(rows[beside.Name]).Offsets;
        Column values = Missing.Everywhere(column with { Table = null }, offsets[^1]);
        return new InLists(values, column, offsets).Column;
    }

    private sealed class Beside : IColumnVisitor
    {
        public Beside(Column column) => column.Accept(this);

        public int[] Offsets { get; private set; } = [0];

        public void Visit<T>(Column<T> column) where T : unmanaged { }

        public void Visit<T>(JaggedColumn<T> column) where T : unmanaged => Offsets = column.Offsets.ToArray();
    }

    private sealed class InLists : IColumnVisitor
    {
        private readonly ColumnSpec _spec;
        private readonly int[] _offsets;

        public InLists(Column values, ColumnSpec spec, int[] offsets)
        {
            (_spec, _offsets) = (spec, offsets);
            values.Accept(this);
        }

        public Column Column { get; private set; } = null!;

        public void Visit<T>(Column<T> column)
            where T : unmanaged => Column = new JaggedColumn<T>(_spec.Name, _spec.Table!, _offsets, column.Values.ToArray());

        public void Visit<T>(JaggedColumn<T> column) where T : unmanaged => Column = column;
    }
}
