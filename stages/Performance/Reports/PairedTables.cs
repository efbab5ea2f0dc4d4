using System.Globalization;
using TauPipeline.Formats;
using TauPipeline.Plotting;

namespace TauPipeline.Stages;

/// <summary>How discriminators differ on the very same rows, where what they share cancels.</summary>
internal static class PairedTables
{
    /// <summary>A table of each pair's differences to the reference of its figure; none without two curves of the same rows.</summary>
    public static IEnumerable<ReportBlock> Of(Performance performance)
    {
        IReadOnlyList<string>[] rows =
        [
            .. from sample in performance.RocCurve.Where(curve => curve.Replicas is not null && !curve.HasFewRows())
                   .GroupBy(curve => (curve.Pair, curve.Replicas!.Sample))
               let reference = sample.Last()
               from curve in sample.SkipLast(1)
               select Row(curve, reference),
        ];
        if (rows.Length == 0) yield break;
        yield return new ReportTable(
            "Differences of discriminators on the same rows: errors by replicas of the events, the same ones for both",
            [
                new("Pair"), new("Discriminator"), new("Reference"), new("Difference of areas", true), new("Standard deviations", true),
            ],
            rows);
    }

    private static IReadOnlyList<string> Row(RocEntry curve, RocEntry reference)
    {
        double difference = curve.AucScore!.Value - reference.AucScore!.Value;
        double? error = ReplicaEntry.ErrorOfDifference(reference.Replicas!.Area, curve.Replicas!.Area);
        return
        [
            curve.Pair, curve.Title, reference.Title,
            string.Create(
                CultureInfo.InvariantCulture, $"{difference:+0.00000;-0.00000;0}{(error is { } known ? $" ± {known:0.00000}" : "")}"),
            error > 0 ? CellText.Number(difference / error.Value, "+0.0;-0.0;0") : "",
        ];
    }
}
