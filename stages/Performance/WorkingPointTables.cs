using TauPipeline.Formats;
using TauPipeline.Physics;
using TauPipeline.Plotting;

namespace TauPipeline.Stages;

/// <summary>Thresholds, and what they give on the rows that are shown.</summary>
internal static class WorkingPointTables
{
    public static IEnumerable<ReportBlock> Of(WorkingPointTable? found, Performance performance)
    {
        if (found is not null)
            yield return new ReportTable("Thresholds of the network, from calibration rows; passed by a score strictly above",
                [new("Against"), new("Working point"), new("Target efficiency", true), new("Threshold", true), new("Achieved", true)],
                [.. found.Rows.Select(row => (IReadOnlyList<string>)[row.Against, row.Point.ToString(), CellText.Number(row.Target), CellText.Number(row.Threshold, "0.000000"), CellText.Number(row.Achieved)])]);
        else yield return new ReportText("This campaign derives no working points of its own.");
        foreach (WorkingPointRow row in found?.Rows.Where(row => found.Rows.Any(other => other != row && other.Against == row.Against && other.Threshold == row.Threshold)) ?? [])
            yield return new ReportNote($"{row.Point} against {row.Against} shares its threshold with another working point: there are too few calibration taus to tell them apart.", NoteKind.Warning);
        if (performance.RocWp.Count == 0) yield break;
        yield return new ReportDetails("Working points on the rows shown",
        [
            new ReportTable("Efficiency and misidentification rate with 68 % Clopper-Pearson intervals",
                [new("Pair"), new("Discriminator"), new("Working point"), new("Bin"), new("Efficiency", true), new("Misidentification rate", true)],
                [.. performance.RocWp.Select(point => (IReadOnlyList<string>)[point.Pair, point.Title, point.Name, string.Join(", ", BinText.Lines(point.Bin)), CellText.Share(point.TruePositiveRate), CellText.Share(point.FalsePositiveRate)])]),
        ]);
    }
}
