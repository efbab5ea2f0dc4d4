using TauPipeline.Formats;
using TauPipeline.Plotting;

namespace TauPipeline.Stages;

/// <summary>Areas and rates of all curves, and the confusion matrices.</summary>
internal static class RocTables
{
    public static ReportBlock Of(Performance performance)
    {
        double[] efficiencies = [.. performance.RocCurve.FirstOrDefault(curve => curve.Rates.Count > 0)?.Rates.Select(rate => rate.Efficiency) ?? []];
        return new ReportDetails("All curves in numbers",
        [
            new ReportTable("Area under each curve, and misidentification rates at fixed efficiencies with 68 % intervals",
                [new("Pair"), new("Discriminator"), new("Bin"), new("Taus", true), new("Fakes", true), new("Area", true), .. efficiencies.Select(efficiency => new ReportColumn(CellText.Percent(efficiency), true))],
                [.. performance.RocCurve.Select(curve => (IReadOnlyList<string>)
                [
                    curve.Pair, curve.Title, string.Join(", ", BinText.Lines(curve.Bin)), CellText.Count(curve.Signal), CellText.Count(curve.Background),
                    curve.AucScore is { } area ? CellText.Number(area) + (curve.AucError is { } error ? $" ± {CellText.Number(error, "0.0000")}" : "") : "",
                    .. efficiencies.Select((_, i) => i < curve.Rates.Count ? $"{CellText.Number(curve.Rates[i].Rate, "0.00000")} [{CellText.Number(curve.Rates[i].Low, "0.00000")}, {CellText.Number(curve.Rates[i].High, "0.00000")}]" : ""),
                ])]),
        ]);
    }

    public static IEnumerable<ReportBlock> Confusion(Performance performance) => performance.Confusion.Select(matrix => new ReportTable(
        $"Class of the largest network output, {matrix.Sample}: one row for each true class",
        [new("True class"), .. matrix.Classes.Select(name => new ReportColumn(name, true))],
        [.. matrix.Rows.Select((row, i) => (IReadOnlyList<string>)[matrix.Classes[i], .. row.Select(count => row.Sum() == 0 ? "0" : $"{CellText.Count(count)} ({CellText.Percent((double)count / row.Sum())})")])]));
}
