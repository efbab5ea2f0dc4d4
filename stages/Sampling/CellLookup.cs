using TauPipeline.Columns;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// The cells and classes of a batch's rows, or constituents, for several tables of weights: what two tables share is worked out once.
/// </summary>
internal sealed class CellLookup(Batch batch)
{
    private readonly Dictionary<CellBinning, int[]> _cells = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, int[]> _classes = new(StringComparer.Ordinal);

    /// <summary>The constituents that a table weighs; <see langword="null"/> if it weighs rows.</summary>
    /// <exception cref="Foundation.Misuse">Its variables and its class do not belong together.</exception>
    public static string? GroupOf(ReweightTable table, Schema schema)
    {
        string?[] groups = [.. table.Cells.Variables.Select(variable => variable.Check(schema)), schema.Find(table.Class)?.Table];
        return groups.Distinct().Count() == 1 ? groups[0] : throw StageErrors.CellsOfSeveralTables(table, groups);
    }

    /// <summary>The cell of each entry; negative where it, or the class, is in none.</summary>
    public int[] CellsOf(ReweightTable table)
    {
        int[] classes = ClassesOf(table);
        if (!_cells.TryGetValue(table.Cells, out int[]? cells)) _cells[table.Cells] = cells = table.Cells.Of(batch);
        return classes.Contains(Missing.Of<int>()) ? [.. cells.Zip(classes, (cell, one) => one == Missing.Of<int>() ? -1 : cell)] : cells;
    }

    /// <summary>The class of each entry.</summary>
    public int[] ClassesOf(ReweightTable table)
    {
        if (_classes.TryGetValue(table.Class, out int[]? classes)) return classes;
        return _classes[table.Class] = batch[table.Class] is Column<int> whole
            ? whole.Values.ToArray()
            : Array.ConvertAll(batch[table.Class].ToDoubles(), value => double.IsNaN(value) ? Missing.Of<int>() : (int)value);
    }

    /// <summary>The class of the row that each entry belongs to.</summary>
    public int[] RowClassesOf(ReweightTable table)
    {
        int[] rows = batch.Flat<int>(CandidateColumns.Type).ToArray();
        return batch[table.Class].Spec.IsJagged ? RowColumn.Repeated(rows, batch[table.Class]) : rows;
    }
}

/// <summary>Columns made beside the constituents of another.</summary>
internal static class RowColumn
{
    /// <summary>One value a row, once for each of its constituents.</summary>
    public static int[] Repeated(int[] rows, Column like)
    {
        ReadOnlySpan<int> offsets = Beside(like, "", new float[like.Count]) is JaggedColumn<float> shape ? shape.Offsets : [];
        var repeated = new int[like.Count];
        for (int row = 0; row < rows.Length; row++) repeated.AsSpan(offsets[row]..offsets[row + 1]).Fill(rows[row]);
        return repeated;
    }

    /// <summary>A column of as many values a row as another has.</summary>
    public static Column Beside(Column like, string name, float[] values)
    {
        var maker = new Maker(name, values);
        like.Accept(maker);
        return maker.Made;
    }

    private sealed class Maker(string name, float[] values) : IColumnVisitor
    {
        public Column Made { get; private set; } = null!;

        public void Visit<T>(Column<T> column) where T : unmanaged => Made = new Column<float>(name, values);

        public void Visit<T>(JaggedColumn<T> column)
            where T : unmanaged => Made = new JaggedColumn<float>(name, column.Spec.Table!, column.Offsets.ToArray(), values);
    }
}
