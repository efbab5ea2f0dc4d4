using TauPipeline.Foundation;

namespace TauPipeline.Statistics;

/// <summary>
/// Quantiles of a weighted sample as a step function: the first distinct value whose cumulative weight reaches p times
/// the total, or the middle between it and the next where it reaches p exactly. "Exactly" means within 1e-12 of the
/// total weight in double precision (the original compared float32 sums with 1e-10; training-and-evaluation 11.2).
/// With negative weights the cumulative weight may cross p several times: the highest crossing counts, so that the quantile
/// is the highest threshold at and above which the share 1 - p of the weight stands.
/// </summary>
public sealed class WeightedQuantile
{
    private const double Tie = 1e-12;

    private readonly int[] _order;
    private readonly double[] _sorted;
    private readonly double[] _values;
    private readonly double[] _cumulative;

    /// <summary>Ranks a sample; without weights every row counts 1. Rows of weight 0 do not count.</summary>
    /// <exception cref="StepFailed">The weights do not add up to more than zero, one is not finite, or a value is NaN.</exception>
    public WeightedQuantile(ReadOnlySpan<double> values, ReadOnlySpan<double> weights = default)
    {
        RankedSample.Check(values, weights);
        _sorted = values.ToArray();
        _order = [.. Enumerable.Range(0, _sorted.Length)];
        Array.Sort(_sorted, _order);
        (_values, _cumulative) = Steps(weights);
    }

    private WeightedQuantile(WeightedQuantile ranked, ReadOnlySpan<double> weights)
    {
        RankedSample.Check(ranked._sorted, weights);
        (_sorted, _order) = (ranked._sorted, ranked._order);
        (_values, _cumulative) = Steps(weights);
    }

    /// <summary>The same values with other weights, one for each row of the sample, without ranking them again.</summary>
    /// <exception cref="StepFailed">The weights do not add up to more than zero, or one is not finite.</exception>
    public WeightedQuantile With(ReadOnlySpan<double> weights) => new(this, weights);

    /// <summary>Sum of all weights.</summary>
    public double TotalWeight => _cumulative[^1];

    /// <summary>The value at a probability.</summary>
    /// <exception cref="Misuse">The probability is not in [0, 1].</exception>
    public double At(double probability)
    {
        if (!(probability is >= 0 and <= 1)) throw StatisticsErrors.NotAProbability("a quantile's probability", probability);
        double target = probability * TotalWeight, tolerance = Tie * TotalWeight;
        for (int at = _values.Length - 1; at > 0; at--)
            if (_cumulative[at - 1] <= target + tolerance)
                return _cumulative[at - 1] >= target - tolerance ? 0.5 * (_values[at - 1] + _values[at]) : _values[at];
        return _values[0];
    }

    /// <summary>The share of weight whose value is strictly above a threshold: the efficiency of <c>value &gt; threshold</c>.</summary>
    public double ShareAbove(double threshold)
    {
        int at = Array.BinarySearch(_values, threshold);
        if (at < 0) at = ~at - 1;
        return at < 0 ? 1 : 1 - _cumulative[at] / TotalWeight;
    }

    private (double[] Values, double[] Cumulative) Steps(ReadOnlySpan<double> weights)
    {
        List<double> distinct = [], cumulative = [];
        var sum = new OrderedSum();
        for (int i = 0; i < _sorted.Length; i++)
        {
            double weight = weights.IsEmpty ? 1 : weights[_order[i]];
            if (weight == 0) continue;
            sum.Add(weight);
            if (distinct.Count > 0 && distinct[^1] == _sorted[i]) cumulative[^1] = sum.Value;
            else { distinct.Add(_sorted[i]); cumulative.Add(sum.Value); }
        }
        if (!(sum.Value > 0)) throw StatisticsErrors.NothingToRank("a weighted quantile");
        return ([.. distinct], [.. cumulative]);
    }
}
