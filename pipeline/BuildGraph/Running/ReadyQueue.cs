using System.Diagnostics.CodeAnalysis;

namespace TauPipeline.BuildGraph;

/// <summary>Stale steps that wait for processors: the longest way to the end first, then plan order; plan order alone if no lengths are given.</summary>
internal sealed class ReadyQueue(IReadOnlyList<TimeSpan>? lengths)
{
    private readonly SortedDictionary<(TimeSpan Before, int Index), (PlannedStep Step, Verdict Verdict)> _waiting = [];

    public int Count => _waiting.Count;

    public void Add(PlannedStep step, Verdict verdict) => _waiting.Add((lengths is null ? default : -lengths[step.Index], step.Index), (step, verdict));

    /// <summary>Takes the first step that the budget has room for.</summary>
    public bool TryTake(Budget budget, [NotNullWhen(true)] out PlannedStep? step, [NotNullWhen(true)] out Verdict? verdict)
    {
        foreach (((TimeSpan, int) place, (PlannedStep Step, Verdict Verdict) entry) in _waiting)
        {
            if (!budget.TryTake(entry.Step.Needs)) continue;
            _waiting.Remove(place);
            (step, verdict) = entry;
            return true;
        }
        (step, verdict) = (null, null);
        return false;
    }

    /// <summary>Takes a step that will never start.</summary>
    public bool TryTakeAny([NotNullWhen(true)] out PlannedStep? step)
    {
        step = null;
        if (_waiting.Count == 0) return false;
        ((TimeSpan, int) place, (step, _)) = _waiting.First();
        return _waiting.Remove(place);
    }
}
