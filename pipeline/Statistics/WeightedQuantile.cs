using TauPipeline.Foundation;

namespace TauPipeline.Statistics;

/// <summary>
/// Quantiles of a weighted sample as a step function: the first distinct value whose cumulative weight reaches p times
/// the total, or the middle between it and the next where it reaches p exactly. "Exactly" means within 1e-12 of the
/// total weight in double precision (the original compared float32 sums with 1e-10; training-and-evaluation 11.2).
/// </summary>
public sealed class WeightedQuantile
{
    private const double Tie = 1e-12;

    private readonly double[] _values;
    private readonly double[] _cumulative;

    /// <summary>Ranks a sample; without weights every row counts 1. Rows of weight 0 do not count.</summary>
    /// <exception cref="StepFailed">Nothing has positive weight, a weight is negative or not finite, or a value is NaN.</exception>
    public WeightedQuantile(ReadOnlySpan<double> values, ReadOnlySpan<double> weights = default)
    {
        RankedSample.Check(values, weights);
        double[] sorted = values.ToArray();
        int[] order = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, order);
        List<double> distinct = [], cumulative = [];
        var sum = new OrderedSum();
        for (int i = 0; i < sorted.Length; i++)
        {
            double weight = weights.IsEmpty ? 1 : weights[order[i]];
            if (weight == 0) continue;
            sum.Add(weight);
            if (distinct.Count > 0 && distinct[^1] == sorted[i]) cumulative[^1] = sum.Value;
            else { distinct.Add(sorted[i]); cumulative.Add(sum.Value); }
        }
        if (distinct.Count == 0) throw StatisticsErrors.NothingToRank("a weighted quantile");
        (_values, _cumulative) = ([.. distinct], [.. cumulative]);
    }

    /// <summary>Sum of all weights.</summary>
    public double TotalWeight => _cumulative[^1];

    /// <summary>The value at a probability.</summary>
    /// <exception cref="Misuse">The probability is not in [0, 1].</exception>
    public double At(double probability)
    {
        if (!(probability is >= 0 and <= 1)) throw StatisticsErrors.NotAProbability("a quantile's probability", probability);
        double target = probability * TotalWeight, tolerance = Tie * TotalWeight;
        int at = Array.BinarySearch(_cumulative, target - tolerance);
        if (at < 0) at = Math.Min(~at, _values.Length - 1);
        bool tied = Math.Abs(target - _cumulative[at]) <= tolerance && at < _values.Length - 1;
        return tied ? 0.5 * (_values[at] + _values[at + 1]) : _values[at];
    }

    /// <summary>The share of weight whose value is strictly above a threshold: the efficiency of <c>value &gt; threshold</c>.</summary>
    public double ShareAbove(double threshold)
    {
        int at = Array.BinarySearch(_values, threshold);
        if (at < 0) at = ~at - 1;
        return at < 0 ? 1 : 1 - _cumulative[at] / TotalWeight;
    }
}
