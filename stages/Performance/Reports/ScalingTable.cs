using TauPipeline.Formats;
using TauPipeline.Plotting;

namespace TauPipeline.Stages;

/// <summary>Features whose scaling is suspicious, and whether constants have settled.</summary>
internal static class ScalingTable
{
    public static IEnumerable<ReportBlock> Of(Training training, ScalingChecksFile checks)
    {
        if (checks.Converged is { } settled)
            yield return new ReportText(FormattableString.Invariant(
                $"Scaling constants{training.Of} have {(settled ? "" : "not ")}settled: at the last of {checks.SnapshotRows.Count} snapshots 95 % of the normal features changed by {(settled ? "less" : "more")} than {checks.LargestChange:P0}."));
        ScalingRangeEntry[] suspicious = [.. checks.Ranges.Where(range => range.Suspicions.Count > 0)];
        if (suspicious.Length == 0) yield break;
        yield return new ReportDetails(
            $"{suspicious.Length} of {checks.Ranges.Count} scalings{training.Of} are suspicious",
            [
                new ReportTable(
                    "Where values are cut, the quantiles at two standard deviations of a normal distribution, and what is suspicious",
                    [
                        new("Feature"), new("Cone"), new("Cut below", true), new("2 sigma", true), new("Median", true), new("2 sigma", true),
                        new("Cut above", true), new("Share cut", true), new("Suspicious"),
                    ],
                    [
                        .. suspicious.Select(range => (IReadOnlyList<string>)
                        [
                            range.Feature, range.Cone,
                            CellText.Number(range.Low, "G4"), CellText.Number(range.Left[1], "G4"), CellText.Number(range.Median, "G4"),
                            CellText.Number(range.Right[1], "G4"), CellText.Number(range.High, "G4"), CellText.Percent(range.ShareCut),
                            string.Join(", ", range.Suspicions),
                        ]),
                    ]),
            ]);
    }
}
