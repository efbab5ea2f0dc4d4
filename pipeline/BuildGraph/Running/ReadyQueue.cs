using System.Diagnostics.CodeAnalysis;

namespace TauPipeline.BuildGraph;

/// <summary>Stale steps that wait for processors: the longest way to the end first, then plan order; plan order alone if no lengths are given.</summary>
internal sealed class ReadyQueue(Func<IReadOnlyList<TimeSpan>>? lengths)
{
    private readonly SortedSet<Ready> _waiting = new(Comparer<Ready>.Create(Ready.Order));
    private IReadOnlyList<TimeSpan>? _lengths;

    public int Count => _waiting.Count;

    public void Add(PlannedStep step, Verdict verdict)
    {
        // Asked for when there is something to do at all.
        _lengths ??= lengths?.Invoke();
        _waiting.Add(new Ready(_lengths?[step.Index] ?? default, step, verdict));
    }

    /// <summary>Takes the first step that the budget has room for.</summary>
    public bool TryTake(Budget budget, [NotNullWhen(true)] out PlannedStep? step, [NotNullWhen(true)] out Verdict? verdict)
    {
        foreach (Ready ready in _waiting)
        {
            if (!budget.TryTake(ready.Step.Needs)) continue;
            _waiting.Remove(ready);
            (step, verdict) = (ready.Step, ready.Verdict);
            return true;
        }
        (step, verdict) = (null, null);
        return false;
    }

    /// <summary>Takes a step that will never start.</summary>
    public bool TryTakeAny([NotNullWhen(true)] out PlannedStep? step)
    {
        Ready? first = _waiting.Min;
        step = first?.Step;
        return first is not null && _waiting.Remove(first);
    }

    private sealed record Ready(TimeSpan Length, PlannedStep Step, Verdict Verdict)
    {
        public static int Order(Ready left, Ready right) =>
            left.Length != right.Length ? right.Length.CompareTo(left.Length) : left.Step.Index.CompareTo(right.Step.Index);
    }
}
