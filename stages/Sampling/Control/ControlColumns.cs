using TauPipeline.Columns;
using TauPipeline.Expressions;

namespace TauPipeline.Stages;

/// <summary>What rows of a control region have beside their own columns: their domain and their weight for the adversary.</summary>
internal sealed class ControlColumns(ControlSettings settings)
{
    /// <summary>1 in data, 0 in simulation.</summary>
    public const string Domain = "control_domain";

    /// <summary>Float32.</summary>
    public const string Weight = "control_weight";

    // The group of each row of a batch.
    private readonly int[] _groups = [.. settings.Groups.SelectMany((group, i) => Enumerable.Repeat(i, group.Rows))];
    private long _written;

    /// <summary>All columns.</summary>
    public static Schema Of(Schema rows) => new(
        rows.Columns.Append(new ColumnSpec(Domain, ColumnType.Int32)).Append(new ColumnSpec(Weight, ColumnType.Float32)));

    /// <summary>The rows that come next, with their columns.</summary>
    public Batch Next(Batch rows)
    {
        int[] of = [.. Enumerable.Range(0, rows.Rows).Select(row => _groups[(_written + row) % _groups.Length])];
        _written += rows.Rows;
        double[]?[] times = [.. settings.Groups.Select((group, i) => of.Contains(i) ? group.Times?.Flat(rows) : null)];
        return rows.With(
            new Column<int>(Domain, of.Select(group => settings.Groups[group].IsData ? 1 : 0).ToArray()),
            new Column<float>(Weight, of.Select((group, row) => Checked(settings.Groups[group].Times, times[group]?[row] ?? 1)).ToArray()));
    }

    private static float Checked(Expression? times, double weight) =>
        weight >= 0 && double.IsFinite(weight) ? (float)weight : throw StageErrors.ControlWeight(times!, weight);
}
