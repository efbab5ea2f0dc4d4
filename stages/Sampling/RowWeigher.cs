using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>Gives rows their columns of weights.</summary>
internal sealed class RowWeigher(ReweightSettings settings, WeightTablesFile tables, string sample)
{
    private readonly WeightTable[] _tables =
        [.. settings.Tables.Select(table => tables.Tables.Single(stored => stored.Name == table.Name).Table())];

    /// <summary>Entries in no cell, with weight 0, over all tables.</summary>
    public long Outside { get; private set; }

    /// <summary>The columns of weighed rows.</summary>
    public Schema Written(Schema rows) => new(rows.Columns.Concat(settings.Tables.Select(table =>
        new ColumnSpec(table.Name, ColumnType.Float32, CellLookup.GroupOf(table, rows)))));

    /// <summary>The rows with their weights.</summary>
    /// <exception cref="Foundation.StepFailed">One is in no cell and that is refused, or of a class that no train row has.</exception>
    public Batch Weighed(Batch rows)
    {
        var lookup = new CellLookup(rows);
        var made = new Column[_tables.Length];
        for (int i = 0; i < made.Length; i++)
        {
            ReweightTable table = settings.Tables[i];
            int[] cells = lookup.CellsOf(table);
            int outside = cells.Count(cell => cell < 0);
            if (outside > 0 && !settings.ZeroOutside) throw StageErrors.OutsideCells(table, outside, sample);
            Outside += outside;
            var weights = new float[cells.Length];
            _tables[i].Look(cells, lookup.ClassesOf(table), weights);
            made[i] = RowColumn.Beside(rows[table.Class], table.Name, weights);
        }
        return rows.With(made);
    }
}
