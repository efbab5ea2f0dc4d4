using TauPipeline.Foundation;
using TauPipeline.Statistics;

namespace TauPipeline.Physics;

/// <summary>
/// Finds thresholds that give fixed efficiencies for genuine taus. Because a tau must pass a loose working point against
/// the other types to count, all thresholds are found together, each round with those of the round before.
/// </summary>
public sealed class WorkingPointFinder
{
    private readonly WorkingPointSettings _settings;
    private readonly (TauClass Against, WorkingPointTarget Target)[] _targets;

    /// <summary>A finder of these targets.</summary>
    /// <exception cref="Misuse">Efficiencies or steps are out of range, or a required point is not among the targets.</exception>
    public WorkingPointFinder(WorkingPointSettings settings)
    {
        if (!(settings.EfficiencyStep is > 0 and <= 1)) throw PhysicsErrors.BadSetting("the efficiency step", settings.EfficiencyStep, "above 0 and at most 1");
        if (settings.MostIterations < 2) throw PhysicsErrors.BadSetting("the number of iterations", settings.MostIterations, "at least 2");
        _settings = settings;
        _targets = [.. settings.Targets.OrderBy(target => target.Key.Index).SelectMany(against => against.Value.OrderBy(target => target.Point).Select(target => (against.Key, target)))];
        foreach ((_, WorkingPointTarget target) in _targets)
            if (!(target.Efficiency is > 0 and < 1)) throw PhysicsErrors.BadTarget(target.Point, target.Efficiency);
        foreach ((TauClass against, WorkingPoint point) in settings.Required)
            if (!_targets.Any(target => target.Against == against && target.Target.Point == point)) throw PhysicsErrors.RequirementUndefined(against, point);
    }

    /// <summary>Thresholds from scores of genuine taus, one array for each type; without weights every tau counts 1.</summary>
    /// <exception cref="StepFailed">The thresholds do not settle, no tau is left, or rounding makes two points equal.</exception>
    public WorkingPointTable Find(IReadOnlyDictionary<TauClass, double[]> scores, ReadOnlySpan<double> weights = default)
    {
        List<double[]> rounds = [];
        double change = double.PositiveInfinity;
        while (rounds.Count < 2 || !(change < _settings.Tolerance))
        {
            if (rounds.Count == _settings.MostIterations) throw PhysicsErrors.NotConverged(rounds.Count, change, _settings.Tolerance);
            double[] next = Round(scores, weights, rounds.LastOrDefault());
            if (rounds.Count > 0) change = next.Zip(rounds[^1], (now, before) => Math.Abs(now - before)).Max();
            rounds.Add(next);
        }
        return Finish(scores, weights, rounds);
    }

    private double[] Round(IReadOnlyDictionary<TauClass, double[]> scores, ReadOnlySpan<double> weights, double[]? before)
    {
        var thresholds = new double[_targets.Length];
        foreach (TauClass against in _settings.Targets.Keys)
        {
            WeightedQuantile sample = Passing(against, scores, weights, before);
            for (int i = 0; i < _targets.Length; i++)
                // float32 as in the original, whose worked example hangs on it: rounded below its own score, a threshold lets that tau pass
                if (_targets[i].Against == against) thresholds[i] = (float)sample.At(1 - OnGrid(_targets[i].Target.Efficiency));
        }
        return thresholds;
    }

    // The efficiency rounded up to the grid; a target that is a multiple of the step up to rounding stays where it is
    private double OnGrid(double efficiency) => Math.Min(1, Math.Ceiling(efficiency / _settings.EfficiencyStep - 1e-9) * _settings.EfficiencyStep);

    private WeightedQuantile Passing(TauClass against, IReadOnlyDictionary<TauClass, double[]> scores, ReadOnlySpan<double> weights, double[]? thresholds)
    {
        double[] all = scores[against];
        var kept = new double[all.Length];
        double sum = 0;
        for (int row = 0; row < kept.Length; row++)
        {
            kept[row] = PassesOthers(row, against, scores, thresholds) ? weights.IsEmpty ? 1 : weights[row] : 0;
            sum += kept[row];
        }
        return sum > 0 ? new WeightedQuantile(all, kept) : throw PhysicsErrors.NoTausLeft(against);
    }

    private bool PassesOthers(int row, TauClass against, IReadOnlyDictionary<TauClass, double[]> scores, double[]? thresholds)
    {
        if (thresholds is null) return true;
        for (int i = 0; i < _targets.Length; i++)
        {
            (TauClass other, WorkingPointTarget target) = _targets[i];
            if (other != against && _settings.Required.TryGetValue(other, out WorkingPoint required) && required == target.Point && !(scores[other][row] > thresholds[i])) return false;
        }
        return true;
    }

    private WorkingPointTable Finish(IReadOnlyDictionary<TauClass, double[]> scores, ReadOnlySpan<double> weights, List<double[]> rounds)
    {
        double[] rounded = [.. rounds[^1].Select(threshold => Math.Round(threshold, _settings.Decimals))];
        for (int i = 1; i < rounded.Length; i++)
            // Thresholds that are equal before rounding mean too few taus to tell the targets apart, which the report says.
            if (_targets[i].Against == _targets[i - 1].Against && rounded[i] == rounded[i - 1] && rounds[^1][i] != rounds[^1][i - 1])
                throw PhysicsErrors.RoundingMerges(_targets[i].Against, _targets[i - 1].Target.Point, _targets[i].Target.Point, rounded[i]);
        var rows = new List<WorkingPointRow>(rounded.Length);
        foreach (TauClass against in _settings.Targets.Keys.Order(TauClass.ByIndex))
        {
            WeightedQuantile sample = Passing(against, scores, weights, rounded);
            for (int i = 0; i < rounded.Length; i++)
            {
                if (_targets[i].Against != against) continue;
                int column = i;
                rows.Add(new(against.Name, _targets[i].Target.Point, _targets[i].Target.Efficiency, rounded[i], sample.ShareAbove(rounded[i]), [.. rounds.Select(round => round[column])]));
            }
        }
        return new(rows);
    }
}
