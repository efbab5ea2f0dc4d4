using TauPipeline.Foundation;

namespace TauPipeline.Statistics;

/// <summary>The difference of two classifiers on the same rows.</summary>
/// <param name="First">The measure of the first.</param>
/// <param name="Second">The measure of the second.</param>
/// <param name="Error">Standard deviation of second minus first over the replicas.</param>
public readonly record struct PairedDifference(double First, double Second, double Error)
{
    /// <summary>Second minus first.</summary>
    public double Difference => Second - First;

    /// <summary>The difference in standard deviations; <see langword="null"/> when the replicas do not differ.</summary>
    public double? Significance => Error > 0 ? Difference / Error : null;
}

/// <summary>
/// Compares two scores of the same rows by resampling rows, the same ones for both, so that what they share cancels.
/// Every row enters a replica with a Poisson(1) multiplicity (Chamandy et al. 2012), drawn from the key and the replica's
/// number alone.
/// </summary>
public sealed class PairedBootstrap
{
    private static readonly uint[] PoissonBelow = PoissonTable();

    private readonly bool[] _positive;
    private readonly double[] _weights;
    private readonly RankedSample _first;
    private readonly RankedSample _second;

    /// <summary>Two scores for the same labelled rows; without weights every row counts 1.</summary>
    /// <exception cref="StepFailed">A score is NaN, or a weight is negative or not finite.</exception>
    public PairedBootstrap(ReadOnlySpan<bool> positive, ReadOnlySpan<double> first, ReadOnlySpan<double> second, ReadOnlySpan<double> weights = default)
    {
        if (positive.Length != first.Length) throw StatisticsErrors.LengthsDiffer("labels", first.Length, positive.Length);
        if (second.Length != first.Length) throw StatisticsErrors.LengthsDiffer("the second score", first.Length, second.Length);
        RankedSample.Check(first, weights);
        RankedSample.Check(second, default);
        _positive = positive.ToArray();
        _weights = weights.IsEmpty ? [.. Enumerable.Repeat(1.0, positive.Length)] : weights.ToArray();
        (_first, _second) = (new(first), new(second));
    }

    /// <summary>The difference of one measure; <see langword="null"/> when a class has no weight.</summary>
    public PairedDifference? Compare(RocMeasure measure, int replicas, ulong key)
    {
        if (Value(_first, _weights, measure) is not double first || Value(_second, _weights, measure) is not double second) return null;
        var weights = new double[_weights.Length];
        Moments differences = default;
        for (int replica = 0; replica < replicas; replica++)
        {
            var random = new CounterRandom(key, (ulong)replica);
            for (int row = 0; row < weights.Length; row++) weights[row] = _weights[row] * Multiplicity(random.NextUInt32());
            if (Value(_first, weights, measure) is double one && Value(_second, weights, measure) is double other) differences = differences.And(other - one);
        }
        return new(first, second, differences.Count > 1 ? Math.Sqrt(differences.SquaredDeviations / (differences.Count - 1)) : 0);
    }

    private double? Value(RankedSample ranked, double[] weights, RocMeasure measure)
    {
        double positives = 0, negatives = 0;
        for (int row = 0; row < weights.Length; row++)
            if (_positive[row]) positives += weights[row];
            else negatives += weights[row];
        if (positives == 0 || negatives == 0) return null;
        double target = (measure.TruePositiveRate ?? 2) * positives, truePositives = 0, falsePositives = 0, area = 0;
        int start = 0;
        foreach (int end in ranked.GroupEnds)
        {
            double positiveStep = 0, negativeStep = 0;
            for (int i = start; i < end; i++)
            {
                int row = ranked.Order[i];
                if (_positive[row]) positiveStep += weights[row];
                else negativeStep += weights[row];
            }
            if (positiveStep > 0 && truePositives + positiveStep >= target)
                return (falsePositives + negativeStep * (target - truePositives) / positiveStep) / negatives;
            area += negativeStep * (truePositives + 0.5 * positiveStep);
            truePositives += positiveStep;
            falsePositives += negativeStep;
            start = end;
        }
        // rounding may leave the sum just below a target of 1
        return measure.TruePositiveRate is null ? area / (positives * negatives) : falsePositives / negatives;
    }

    private static int Multiplicity(uint random)
    {
        int count = 0;
        while (count < PoissonBelow.Length && random >= PoissonBelow[count]) count++;
        return count;
    }

    private static uint[] PoissonTable()
    {
        List<uint> below = [];
        double term = Math.Exp(-1), sum = term;
        for (int k = 1; sum * 4294967296.0 < 4294967295.0; k++)
        {
            below.Add((uint)(sum * 4294967296.0));
            sum += term /= k;
        }
        return [.. below];
    }
}
