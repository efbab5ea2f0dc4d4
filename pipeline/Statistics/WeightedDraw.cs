using TauPipeline.Foundation;

namespace TauPipeline.Statistics;

/// <summary>Draws an index with probability proportional to its weight; weights can be lowered, and indices taken out.</summary>
public sealed class WeightedDraw
{
    private readonly double[] _weights;

    /// <summary>Indices of these weights; those of weight 0 are never drawn.</summary>
    /// <exception cref="StepFailed">A weight is negative or not finite.</exception>
    public WeightedDraw(ReadOnlySpan<double> weights)
    {
        for (int i = 0; i < weights.Length; i++)
            if (!(weights[i] >= 0 && double.IsFinite(weights[i]))) throw StatisticsErrors.BadChance(i, weights[i]);
        _weights = weights.ToArray();
    }

    /// <summary>Whether something is left to draw.</summary>
    public bool Any => _weights.Any(weight => weight > 0);

    /// <summary>The index for a number that is uniform in [0, 1).</summary>
    /// <exception cref="Defect">Nothing is left.</exception>
    public int Pick(double uniform)
    {
        double target = uniform * OrderedSum.Of(_weights), sum = 0;
        int last = -1;
        for (int i = 0; i < _weights.Length; i++)
        {
            if (_weights[i] == 0) continue;
            last = i;
            sum += _weights[i];
            if (target < sum) return i;
        }
        return last >= 0 ? last : throw new Defect("a draw without weights");
    }

    /// <summary>Lowers the weight of an index by one, but not below one: it stays to be drawn.</summary>
    public void Lower(int index) => _weights[index] = Math.Max(1, _weights[index] - 1);

    /// <summary>Takes an index out.</summary>
    public void Remove(int index) => _weights[index] = 0;
}
