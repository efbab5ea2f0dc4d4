using TauPipeline.Formats;
using TauPipeline.Plotting;

namespace TauPipeline.Stages;

/// <summary>Areas and rates of all curves, and the confusion matrices.</summary>
internal static class RocTables
{
    public static ReportBlock Of(Performance performance)
    {
        double[] efficiencies =
        [
            .. performance.RocCurve.FirstOrDefault(curve => curve.Rates.Count > 0)?.Rates.Select(rate => rate.Efficiency) ?? [],
        ];
        ReportColumn[] atEfficiency = [.. efficiencies.Select(efficiency => new ReportColumn(CellText.Percent(efficiency), true))];
        return new ReportDetails("All curves in numbers",
        [
            new ReportTable("Area under each curve, and misidentification rates at fixed efficiencies with 68 % intervals",
                [
                    new("Pair"),
                    new("Discriminator"),
                    new("Bin"),
                    new("Signal", true),
                    new("Background", true),
                    new("Without score", true),
                    new("Area", true),
                    .. atEfficiency,
                ],
                [.. performance.RocCurve.Select(curve => Row(curve, efficiencies.Length))]),
            .. PairedTables.Of(performance),
            .. Processes(performance, atEfficiency),
        ]);
    }

    private static IReadOnlyList<string> Row(RocEntry curve, int rates) =>
    [
        curve.Pair,
        curve.Title,
        string.Join(", ", BinText.Lines(curve.Bin)),
        CellText.Count(curve.Signal),
        CellText.Count(curve.Background),
        CellText.Count(curve.NoScore),
        curve.AucScore is { } area
            ? CellText.Number(area) + (curve.AucError is { } error ? $" ± {CellText.Number(error, "0.0000")}" : "")
              + (curve.HasFewRows() ? " (few rows)" : "")
            : "",
        .. Enumerable.Range(0, rates)
            .Select(i => i < curve.Rates.Count ? CellText.Share(curve.Rates[i].Rate, curve.Rates[i].Low, curve.Rates[i].High) : ""),
    ];

    private static IEnumerable<ReportBlock> Processes(Performance performance, ReportColumn[] atEfficiency)
    {
        RocEntry[] pooled = [.. performance.RocCurve.Where(curve => curve.Processes.Count > 1)];
        if (pooled.Length == 0) yield break;
        yield return new ReportTable(
            "Each dataset of a pooled background: its share of the pooled weight, and its own rates at the cuts that give the pooled rates",
            [
                new("Pair"),
                new("Discriminator"),
                new("Bin"),
                new("Composition"),
                new("Dataset"),
                new("Rows", true),
                new("Share", true),
                .. atEfficiency,
            ],
            [
                .. from curve in pooled
                   from process in curve.Processes
                   select (IReadOnlyList<string>)
                   [
                       curve.Pair,
                       curve.Title,
                       string.Join(", ", BinText.Lines(curve.Bin)),
                       ShareText.Words(curve.Composition),
                       process.Dataset,
                       CellText.Count(process.Rows), CellText.Percent(process.Share), .. process.Rates.Select(rate => CellText.Share(rate)),
                   ],
            ]);
    }

    public static IEnumerable<ReportBlock> Confusion(Performance performance) => performance.Confusion.Select(matrix => new ReportTable(
        $"Class of the largest network output, {matrix.Sample}: one row for each true class",
        [new("True class"), .. matrix.Classes.Select(name => new ReportColumn(name, true))],
        [
            .. matrix.Rows.Select(
                (row, i) =>
                    (IReadOnlyList<string>)
                        [
                            matrix.Classes[i],
                            .. row.Select(count =>
                                row.Sum() == 0 ? "0" : $"{CellText.Count(count)} ({CellText.Percent((double)count / row.Sum())})"),
                        ]),
        ]));
}
