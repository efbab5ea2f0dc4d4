using TauPipeline.Formats;
using TauPipeline.Plotting;

namespace TauPipeline.Stages;

/// <summary>How many rows without truth each discriminator has a score of.</summary>
internal static class DistributionTables
{
    public static ReportTable Of(Performance performance) => new(
        "Rows without truth: of them no curve can be made, but their scores are shown",
        [
            new("Pair"), new("Discriminator"), new("Dataset"), new("Class"), new("With a score", true), new("Without", true),
            new("Infinite", true),
        ],
        [
            .. performance.Distributions.Select(entry => (IReadOnlyList<string>)
                [
                    entry.Pair, entry.Title, entry.Dataset, entry.Class, CellText.Count(entry.Counts.Sum()), CellText.Count(entry.Missing),
                    CellText.Count(entry.Infinite),
                ]),
        ]);
}
