using TauPipeline.Foundation;

namespace TauPipeline.Statistics;

/// <summary>The interval of Clopper and Pearson (1934) for a proportion: covers with at least the stated confidence.</summary>
public static class ClopperPearson
{
    /// <summary>Confidence of one standard deviation of a normal distribution.</summary>
    public const double OneSigma = 0.6826894921370859;

    /// <summary>
    /// The interval of passed / total; counts need not be integer. <see langword="null"/> when nothing was tried.
    /// </summary>
    /// <exception cref="Defect">Not 0 &lt;= passed &lt;= total.</exception>
    /// <exception cref="Misuse">The confidence is not in [0, 1].</exception>
    public static Interval? Of(double passed, double total, double confidence = OneSigma)
    {
        if (!(confidence is >= 0 and <= 1)) throw StatisticsErrors.NotAProbability("a confidence", confidence);
        if (!(passed >= 0 && passed <= total && double.IsFinite(total))) throw StatisticsErrors.BadCounts(passed, total);
        if (total == 0) return null;
        double tail = 0.5 * (1 - confidence), failed = total - passed;
        return new(
            passed == 0 ? 0 : BetaDistribution.Quantile(passed, failed + 1, tail),
            failed == 0 ? 1 : BetaDistribution.Quantile(passed + 1, failed, 1 - tail));
    }

    /// <summary>
    /// The interval for weighted rows, by effective counts: total becomes (sum of weights)^2 / (sum of squares), passed the
    /// same share of it. <see langword="null"/> when there is no weight.
    /// </summary>
    public static Interval? OfWeights(double passed, double total, double totalSquares, double confidence = OneSigma)
    {
        if (total == 0) return null;
        double effective = EffectiveCount(total, totalSquares);
        return Of(Math.Min(passed / total, 1) * effective, effective, confidence);
    }

    /// <summary>Unweighted rows of the same statistical power: (sum of weights)^2 / (sum of squares); 0 without weight.</summary>
    public static double EffectiveCount(double weights, double squares) => squares > 0 ? weights * weights / squares : 0;
}
