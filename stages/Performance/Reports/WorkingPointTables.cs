using TauPipeline.Formats;
using TauPipeline.Physics;
using TauPipeline.Plotting;

namespace TauPipeline.Stages;

/// <summary>Thresholds, and what they give on the rows that are shown.</summary>
internal static class WorkingPointTables
{
    public static IEnumerable<ReportBlock> Of(WorkingPointsFile? found, Performance performance)
    {
        if (found is null) yield return new ReportText("This campaign derives no working points of its own.");
        else
            foreach (ReportBlock block in Thresholds(found)) yield return block;
        if (performance.RocWp.Count == 0) yield break;
        yield return new ReportDetails("Working points on the rows shown",
        [
            new ReportTable($"Efficiency and misidentification rate with 68 % intervals. {ShareText.Of(performance.RocWp[0].Definition)}",
                [
                    new("Pair"),
                    new("Discriminator"),
                    new("Working point"),
                    new("Bin"),
                    new("Efficiency", true),
                    new("Misidentification rate", true),
                ],
                [
                    .. performance.RocWp.Select(point => (IReadOnlyList<string>)
                    [
                        point.Pair, point.Title, point.Name, string.Join(", ", BinText.Lines(point.Bin)),
                        CellText.Share(point.TruePositiveRate), CellText.Share(point.FalsePositiveRate),
                    ]),
                ]),
        ]);
    }

    /// <summary>How the search for thresholds ended, in words.</summary>
    public static string Words(WorkingPointTable table) => table.Ending switch
    {
        SearchEnding.Settled => $"All classes together settled in {table.Iterations} iterations.",
        SearchEnding.SettledOneByOne =>
            $"All classes together went round in circles; one class after another settled, in {table.Iterations} iterations altogether.",
        _ =>
            $"No thresholds reproduce themselves: in {table.Iterations} iterations neither all classes together nor one after another settled. Of those visited, the nearest to the targets from above were taken.",
    };

    private static IEnumerable<ReportBlock> Thresholds(WorkingPointsFile found)
    {
        WorkingPointTable table = found.Table;
        if (table.Lacking is { } lacking)
        {
            yield return new ReportNote($"No thresholds: {lacking}.", NoteKind.Warning);
            yield break;
        }
        yield return new ReportTable(
            "Thresholds of the network, passed by a score strictly above; the interval is where 68 % of samples as large would have theirs",
            [
                new("Against"),
                new("Working point"),
                new("Target efficiency", true),
                new("Threshold", true),
                new("Interval", true),
                new("Achieved", true),
                new("Remains", true), new("One tau", true), new("Required"),
            ],
            [
                .. table.Rows.Select(row => (IReadOnlyList<string>)
                [
                    row.Against, row.Point.ToString(), CellText.Number(row.Target), CellText.Number(row.Threshold, "0.000000"),
                    $"{CellText.Number(row.Uncertainty.Low, "0.000000")} to {CellText.Number(row.Uncertainty.High, "0.000000")}",
                    CellText.Number(row.Achieved, "0.00000"),
                    CellText.Number(row.Remains, "+0.00000;-0.00000;0"),
                    CellText.Number(row.OneTau, "0.00000"),
                    found.Definitions.TryGetValue(row.Against, out ShareDefinition? definition) ? ShareText.Requirements(definition) : "",
                ]),
            ]);
        if (table.Rows.Count > 0)
        {
            WorkingPointRow worst = table.Rows.MaxBy(row => Math.Abs(row.Remains))!;
            string remains =
                $"{Words(table)} The largest rest is {CellText.Number(worst.Remains, "+0.00000;-0.00000;0")} at {worst.Point} against {worst.Against}.";
            yield return table.Ending == SearchEnding.BestVisited ? new ReportNote(remains, NoteKind.Warning) : new ReportText(remains);
            if (found.Definitions.Values.FirstOrDefault() is { } definition)
                yield return new ReportText($"Sample: {definition.Sample}. Selection: {definition.Selection}.");
        }
        foreach (
            WorkingPointRow row in table.Rows.Where(row =>
                table.Rows.Any(other => other != row && other.Against == row.Against && other.Threshold == row.Threshold)))
            yield return new ReportNote(
                $"{row.Point} against {row.Against} shares its threshold with another working point: there are too few calibration taus to tell them apart.",
                NoteKind.Warning);
    }
}
