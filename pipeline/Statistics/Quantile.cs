using TauPipeline.Foundation;

namespace TauPipeline.Statistics;

/// <summary>Quantiles of an unweighted sample, linear between order statistics at position (n - 1) q, as numpy's default.</summary>
public static class Quantile
{
    /// <summary>The quantile of values that are sorted already.</summary>
    /// <exception cref="StepFailed">There are no values.</exception>
    /// <exception cref="Misuse"><paramref name="probability"/> is not in [0, 1].</exception>
    public static double OfSorted(ReadOnlySpan<double> sorted, double probability)
    {
        if (!(probability is >= 0 and <= 1)) throw StatisticsErrors.NotAProbability("a quantile's probability", probability);
        if (sorted.IsEmpty) throw StatisticsErrors.NothingToRank("a quantile");
        double position = (sorted.Length - 1) * probability;
        int below = (int)position;
        double part = position - below;
        return part == 0 ? sorted[below] : sorted[below] + part * (sorted[below + 1] - sorted[below]);
    }
}
