using TauPipeline.Plotting;
using TauPipeline.Statistics;

namespace TauPipeline.Stages;

/// <summary>The contents of bins as densities of unit area; nothing where they sum to no more than 0.</summary>
internal static class NormalisedSeries
{
    /// <param name="name">What the legend says.</param>
    /// <param name="contents">Sums of weights; may be negative.</param>
    /// <param name="squares">Sums of squared weights.</param>
    /// <param name="bins">The bins.</param>
    public static HistogramSeries Of(string name, double[] contents, double[] squares, BinEdges bins)
    {
        double total = OrderedSum.Of(contents);
        double Density(double content, int bin) => total > 0 ? content / total / bins.Width(bin) : 0;
        return new HistogramSeries(
            name, [.. contents.Select(Density)], [.. squares.Select((square, bin) => Density(Math.Sqrt(square), bin))]);
    }
}
