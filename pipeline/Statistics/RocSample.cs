using TauPipeline.Foundation;

namespace TauPipeline.Statistics;

/// <summary>A labelled sample ranked once, whose ROC measures are asked for under one set of weights after another.</summary>
public sealed class RocSample
{
    /// <summary>A rate that misses its target by this much, through rounding of sums, reaches it.</summary>
    internal const double Rounding = 1e-12;

    private readonly bool[] _positive;
    private readonly double[] _scores;
    private readonly RankedSample _ranked;

    /// <summary>Ranks labelled scores.</summary>
    /// <exception cref="StepFailed">A score is NaN.</exception>
    public RocSample(ReadOnlySpan<bool> positive, ReadOnlySpan<double> scores)
    {
        if (positive.Length != scores.Length)
            throw StatisticsErrors.LengthsDiffer("labels", scores.Length, positive.Length);
        RankedSample.Check(scores, default);
        (_positive, _scores, _ranked) = (positive.ToArray(), scores.ToArray(), new(scores));
    }

    /// <summary>
    /// One measure under these weights; <see langword="null"/> when those of a class do not add up to more than zero.
    /// </summary>
    public double? Of(RocMeasure measure, ReadOnlySpan<double> weights)
    {
        if (Totals(weights) is not (double positives, double negatives)) return null;
        double target = ((measure.TruePositiveRate ?? double.PositiveInfinity) - Rounding) * positives;
        double truePositives = 0, falsePositives = 0, area = 0;
        int start = 0;
        foreach (int end in _ranked.GroupEnds)
        {
            (double positive, double negative) = Group(weights, start, end);
            area += negative * (truePositives + 0.5 * positive);
            truePositives += positive;
            falsePositives += negative;
            if (truePositives >= target) return falsePositives / negatives;
            start = end;
        }
        return measure.TruePositiveRate is null ? area / (positives * negatives) : falsePositives / negatives;
    }

    /// <summary>
    /// The share of negative weight with a score of at least each threshold; <see langword="null"/> as for <see cref="Of"/>.
    /// </summary>
    /// <param name="thresholds">In falling order.</param>
    /// <param name="weights">One for each row.</param>
    public double[]? FalsePositiveRates(ReadOnlySpan<double> thresholds, ReadOnlySpan<double> weights)
    {
        if (Totals(weights) is not (_, double negatives)) return null;
        var rates = new double[thresholds.Length];
        double falsePositives = 0;
        int next = 0, start = 0;
        foreach (int end in _ranked.GroupEnds)
        {
            double score = _scores[_ranked.Order[start]];
            for (; next < rates.Length && thresholds[next] > score; next++) rates[next] = falsePositives / negatives;
            falsePositives += Group(weights, start, end).Negative;
            start = end;
        }
        for (; next < rates.Length; next++) rates[next] = falsePositives / negatives;
        return rates;
    }

    private (double Positives, double Negatives)? Totals(ReadOnlySpan<double> weights)
    {
        if (weights.Length != _positive.Length) throw StatisticsErrors.LengthsDiffer("weights", _positive.Length, weights.Length);
        (double positives, double negatives) = Group(weights, 0, weights.Length);
        return positives > 0 && negatives > 0 ? (positives, negatives) : null;
    }

    private (double Positive, double Negative) Group(ReadOnlySpan<double> weights, int start, int end)
    {
        double positive = 0, negative = 0;
        for (int i = start; i < end; i++)
        {
            int row = _ranked.Order[i];
            if (_positive[row]) positive += weights[row];
            else negative += weights[row];
        }
        return (positive, negative);
    }
}
