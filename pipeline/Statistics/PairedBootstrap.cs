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
    private readonly double[] _weights;
    private readonly RocSample _first;
    private readonly RocSample _second;

    /// <summary>Two scores for the same labelled rows; without weights every row counts 1.</summary>
    /// <exception cref="StepFailed">A score is NaN, or a weight is not finite.</exception>
    public PairedBootstrap(
        ReadOnlySpan<bool> positive, ReadOnlySpan<double> first, ReadOnlySpan<double> second, ReadOnlySpan<double> weights = default)
    {
        if (second.Length != first.Length)
            throw StatisticsErrors.LengthsDiffer("the second score", first.Length, second.Length);
        RankedSample.Check(first, weights);
        _weights = weights.IsEmpty ? [.. Enumerable.Repeat(1.0, positive.Length)] : weights.ToArray();
        (_first, _second) = (new(positive, first), new(positive, second));
    }

    /// <summary>The difference of one measure; <see langword="null"/> when a class has no weight.</summary>
    public PairedDifference? Compare(RocMeasure measure, int replicas, ulong key)
    {
        if (_first.Of(measure, _weights) is not double first || _second.Of(measure, _weights) is not double second) return null;
        var weights = new double[_weights.Length];
        Moments differences = default;
        for (int replica = 0; replica < replicas; replica++)
        {
            var random = new CounterRandom(key, (ulong)replica);
            for (int row = 0; row < weights.Length; row++)
                weights[row] = _weights[row] * PoissonOne.Count(random.NextUInt32());
            if (_first.Of(measure, weights) is double one && _second.Of(measure, weights) is double other)
                differences = differences.And(other - one);
        }
        double error = differences.Count > 1 ? Math.Sqrt(differences.SquaredDeviations / (differences.Count - 1)) : 0;
        return new(first, second, error);
    }
}
