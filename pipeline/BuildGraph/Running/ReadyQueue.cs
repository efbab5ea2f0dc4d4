using System.Diagnostics.CodeAnalysis;

namespace TauPipeline.BuildGraph;

/// <summary>
/// Stale steps that wait for processors: the longest way to the end first, then plan order; plan order alone if no lengths are given.
/// </summary>
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

    /// <summary>
    /// Takes the first step that the budget has room for. What the very first waits for, those behind it do not take: else small
    /// steps would pass by one that needs several processors, and it would start last.
    /// </summary>
    public bool TryTake(Budget budget, [NotNullWhen(true)] out PlannedStep? step, [NotNullWhen(true)] out Verdict? verdict)
    {
        Ready? taken = Next(budget);
        (step, verdict) = (taken?.Step, taken?.Verdict);
        return taken is not null && _waiting.Remove(taken);
    }

    /// <summary>Takes a step that will never start.</summary>
    public bool TryTakeAny([NotNullWhen(true)] out PlannedStep? step)
    {
        Ready? first = _waiting.Min;
        step = first?.Step;
        return first is not null && _waiting.Remove(first);
    }

    private Ready? Next(Budget budget)
    {
        if (_waiting.Min is not { } first) return null;
        if (budget.TryTake(first.Step.Needs)) return first;
        // Every step takes a processor and memory; tokens are taken by some.
        return budget.LacksRoom(first.Step.Needs) ? null
            : _waiting.Skip(1).FirstOrDefault(other =>
                !other.Step.Needs.Tokens.Keys.Any(first.Step.Needs.Tokens.ContainsKey) && budget.TryTake(other.Step.Needs));
    }

    private sealed record Ready(TimeSpan Length, PlannedStep Step, Verdict Verdict)
    {
        public static int Order(Ready left, Ready right) =>
            left.Length != right.Length ? right.Length.CompareTo(left.Length) : left.Step.Index.CompareTo(right.Step.Index);
    }
}
