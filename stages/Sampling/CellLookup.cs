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
