using TauPipeline.Formats;
using TauPipeline.Physics;
using TauPipeline.Plotting;

namespace TauPipeline.Stages;

/// <summary>P-values by level, and the distributions that differ most.</summary>
internal static class ValidationFigures
{
    private const int Bins = 20, Width = 420, Height = 280;

    public static IEnumerable<HistogramFigure> Of(ValidationFile validation) =>
        validation.Tests.GroupBy(test => test.Test).Select(PValues).Concat(validation.Worst.Select(Worst));

    private static HistogramFigure PValues(IGrouping<string, ChunkTest> tests) => new()
    {
        Title = $"p-values of {tests.Key}",
        Caption = tests.Key == ChunkTest.Chi2
            ? "Flat where chunks are alike; a peak at 0 says that they are not."
            : "Binned values and small samples push them towards 1; a peak at 0 says that chunks are not alike.",
        X = new PlotAxis("p-value, not corrected") { Range = (0, 1) },
        Edges = [.. Enumerable.Range(0, Bins + 1).Select(edge => edge / (double)Bins)],
        Series =
        [
            .. tests.GroupBy(test => test.Level).Select(level => new HistogramSeries(
                level.Key == "all" ? "all rows" : $"rows of a {level.Key}",
                [.. Enumerable.Range(0, Bins).Select(bin => (double)Bins * level.Count(test => BinOf(test.PValue) == bin) / level.Count())]
            )),
        ],
        Width = Width,
        Height = Height,
    };

    private static HistogramFigure Worst(ChunkHistogram of) => new()
    {
        Title = $"{of.Distribution}: chunk {of.Chunk}",
        Caption = $"{of.Own.Sum()} rows against {of.Others.Sum()} of all other chunks, each normalised to unit area; errors are Poisson."
            + (of.Outside > 0 ? $" {of.Outside} rows outside the edges or not a number are compared, not drawn." : ""),
        X = new PlotAxis(of.Distribution)
        {
            Ticks = [.. of.Labels.Select((label, place) => new AxisTick(place, label))],
        },
        Edges = [.. of.Edges],
        Series =
        [
            Density("other chunks", of.Others, of.Edges, HistogramLook.Filled),
            Density($"chunk {of.Chunk}", of.Own, of.Edges, HistogramLook.Points),
        ],
        Width = Width,
        Height = Height,
    };

    private static HistogramSeries Density(string name, IReadOnlyList<long> counts, IReadOnlyList<double> edges, HistogramLook look)
    {
        double sum = Math.Max(1, counts.Sum());
        double[] areas = [.. counts.Select((_, bin) => sum * (edges[bin + 1] - edges[bin]))];
        return new(
            name,
            [.. counts.Select((count, bin) => count / areas[bin])],
            look == HistogramLook.Points ? [.. counts.Select((count, bin) => Math.Sqrt(count) / areas[bin])] : null,
            look);
    }

    private static int BinOf(double pValue) => Math.Min(Bins - 1, (int)(pValue * Bins));
}
