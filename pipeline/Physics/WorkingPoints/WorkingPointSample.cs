using TauPipeline.Statistics;

namespace TauPipeline.Physics;

/// <summary>Genuine taus that pass the points required against the other classes, ranked by the score against one class.</summary>
/// <param name="Ranked">Their scores and weights.</param>
/// <param name="OneTau">The share of the largest weight: no efficiency can be met more closely than this.</param>
/// <param name="EffectiveCount">Unweighted taus of the same statistical power.</param>
internal readonly record struct PassingTaus(WeightedQuantile Ranked, double OneTau, double EffectiveCount);

/// <summary>The taus that thresholds are found with: which of them count against a class, given thresholds against the others.</summary>
internal sealed class WorkingPointSample
{
    private readonly WorkingPointSettings _settings;
    private readonly WorkingPointTarget[] _targets;
    private readonly IReadOnlyDictionary<string, double[]> _scores;
    private readonly Dictionary<string, WeightedQuantile> _ranked = [];
    private readonly double[] _weights;

    public WorkingPointSample(
        WorkingPointSettings settings,
        WorkingPointTarget[] targets,
        IReadOnlyDictionary<string, double[]> scores,
        ReadOnlySpan<double> weights)
    {
        (_settings, _targets, _scores) = (settings, targets, scores);
        foreach (string against in targets.Select(target => target.Against).Distinct())
            _ranked[against] = new WeightedQuantile(scores[against]);
        int rows = targets.Length > 0 ? scores[targets[0].Against].Length : 0;
        _weights = weights.IsEmpty ? [.. Enumerable.Repeat(1.0, rows)] : weights.ToArray();
    }

    /// <summary>
    /// Those that count against a class; without thresholds nothing is required. <see langword="null"/> where their weights do
    /// not add up to more than zero.
    /// </summary>
    public PassingTaus? Passing(string against, double[]? thresholds)
    {
        var kept = new double[_weights.Length];
        double sum = 0, squares = 0, largest = 0;
        for (int row = 0; row < kept.Length; row++)
        {
            if (!PassesOthers(row, against, thresholds)) continue;
            kept[row] = _weights[row];
            sum += kept[row];
            squares += kept[row] * kept[row];
            largest = Math.Max(largest, Math.Abs(kept[row]));
        }
        if (!(sum > 0)) return null;
        return new PassingTaus(_ranked[against].With(kept), largest / sum, ClopperPearson.EffectiveCount(sum, squares));
    }

    private bool PassesOthers(int row, string against, double[]? thresholds)
    {
        if (thresholds is null) return true;
        for (int i = 0; i < _targets.Length; i++)
            if (_targets[i].Against != against && IsRequired(_targets[i]) && !(_scores[_targets[i].Against][row] > thresholds[i]))
                return false;
        return true;
    }

    private bool IsRequired(WorkingPointTarget target) =>
        _settings.Required.TryGetValue(target.Against, out WorkingPoint required) && required == target.Point;
}
