using TauPipeline.Foundation;

namespace TauPipeline.Physics;

/// <summary>How the search for thresholds ended.</summary>
public enum SearchEnding
{
    /// <summary>Updating all classes together settled, as in the original.</summary>
    Settled,
    /// <summary>That went round in circles; updating one class after another settled.</summary>
    SettledOneByOne,
    /// <summary>Neither settled; of all thresholds visited, those nearest to the targets from above were taken.</summary>
    BestVisited,
}

/// <summary>
/// Looks for thresholds that reproduce themselves: each is the quantile, at its target efficiency, of the taus that pass the
/// required thresholds against the other classes. All are updated together, as the specification has it (11.2); once a state
/// repeats they would go round for ever, and are updated one class after another, each with the newest of the others.
/// </summary>
internal sealed class WorkingPointSearch(WorkingPointSettings settings, WorkingPointTarget[] targets, WorkingPointSample sample)
{
    private readonly string[] _classes = [.. targets.Select(target => target.Against).Distinct()];

    /// <summary>Thresholds after each iteration, in the order of the targets.</summary>
    public List<double[]> Visited { get; } = [];

    /// <summary>The thresholds to take, not rounded, and how they were come by.</summary>
    /// <exception cref="Defect">There is no tau to begin with.</exception>
    public (double[] Thresholds, SearchEnding Ending) Run()
    {
        if (Settles(null, state => Updated(state, _classes, together: true))) return (Visited[^1], SearchEnding.Settled);
        if (Settles(Visited[^1], state => Updated(state, _classes, together: false))) return (Visited[^1], SearchEnding.SettledOneByOne);
        return (Visited.MinBy(MissOf)!, SearchEnding.BestVisited);
    }

    /// <summary>By how much thresholds miss the targets.</summary>
    public WorkingPointMiss MissOf(double[] thresholds)
    {
        WorkingPointMiss miss = default;
        foreach (string against in _classes)
        {
            if (sample.Passing(against, thresholds) is not { } taus) return WorkingPointMiss.Worst;
            for (int i = 0; i < targets.Length; i++)
                if (targets[i].Against == against)
                    miss = miss.With(taus.Ranked.ShareAbove(thresholds[i]) - OnGrid(targets[i].Efficiency), taus.OneTau);
        }
        return miss;
    }

    /// <summary>The efficiency rounded up to the grid; one that is a multiple of the step up to rounding stays where it is.</summary>
    public double OnGrid(double efficiency) =>
        Math.Min(1, Math.Ceiling(efficiency / settings.EfficiencyStep - 1e-9) * settings.EfficiencyStep);

    // Whether updates come to rest before they repeat a state, leave no tau, or are too many.
    private bool Settles(double[]? state, Func<double[]?, double[]?> update)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int iteration = 0; iteration < settings.MostIterations; iteration++)
        {
            if (update(state) is not { } next) return false;
            Visited.Add(next);
            if (state is not null && IsSettled(state, next)) return true;
            if (!seen.Add(Key(next))) return false;
            state = next;
        }
        return false;
    }

    // Where scores stand densely, near 1, a small step still passes many taus: it counts as rest only if the targets are met.
    private bool IsSettled(double[] before, double[] now)
    {
        double change = before.Zip(now, (one, other) => Math.Abs(other - one)).Max();
        return change == 0 || (change < settings.Tolerance && MissOf(now) == default);
    }

    private double[]? Updated(double[]? state, IEnumerable<string> classes, bool together)
    {
        double[] next = state is null ? new double[targets.Length] : [.. state];
        foreach (string against in classes)
        {
            if (sample.Passing(against, together ? state : next) is not { } taus)
                return state is null ? throw PhysicsErrors.NoTausLeft(against) : null;
            for (int i = 0; i < targets.Length; i++)
                // float32 as in the original, whose worked example hangs on it: rounded below its own score, a threshold lets that tau pass
                if (targets[i].Against == against) next[i] = (float)taus.Ranked.At(1 - OnGrid(targets[i].Efficiency));
        }
        return next;
    }

    private static string Key(double[] state) => string.Join(' ', state.Select(BitConverter.DoubleToInt64Bits));
}
