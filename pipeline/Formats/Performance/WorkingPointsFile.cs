using TauPipeline.BuildGraph;
using TauPipeline.Physics;

namespace TauPipeline.Formats;

/// <summary>Thresholds of the network's working points: passed by a score strictly above.</summary>
public sealed record WorkingPointsFile(WorkingPointTable Table) : IProduct<WorkingPointsFile>
{
    private sealed record Entry(string Against, string Point, double Target, double Threshold, double Achieved, IReadOnlyList<double> History);

    private sealed record Content(IReadOnlyList<Entry> WorkingPoints);

    /// <inheritdoc/>
    public static WorkingPointsFile Read(ProductInput from) => new(new WorkingPointTable([.. Json.Read<Content>(from).WorkingPoints.Select(entry =>
        new WorkingPointRow(entry.Against, WorkingPoints.Parse(entry.Point), entry.Target, entry.Threshold, entry.Achieved, entry.History))]));

    /// <inheritdoc/>
    public static void Write(ProductOutput to, WorkingPointsFile value) => Json.Write(to, new Content([.. value.Table.Rows.Select(row =>
        new Entry(row.Against, row.Point.ToString(), row.Target, row.Threshold, row.Achieved, row.History))]));
}
