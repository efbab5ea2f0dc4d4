using System.Diagnostics.CodeAnalysis;

namespace TauPipeline.BuildGraph;

/// <summary>Steps that are ready and wait for the same processors and memory: this machine's, or those of a batch system.</summary>
/// <param name="budget">What they share.</param>
/// <param name="memory">All the memory that one of them can have, in bytes.</param>
/// <param name="lengths">See <see cref="ReadyQueue"/>.</param>
internal sealed class Lane(Budget budget, long memory, Func<IReadOnlyList<TimeSpan>>? lengths)
{
    private readonly ReadyQueue _ready = new(lengths);
    private int _running;

    /// <summary>What they share.</summary>
    public Budget Budget => budget;

    /// <summary>All the memory that one of them can have, in bytes.</summary>
    public long Memory => memory;

    /// <summary>How many wait.</summary>
    public int Count => _ready.Count;

    /// <summary>One more that waits.</summary>
    public void Add(PlannedStep step, Verdict verdict) => _ready.Add(step, verdict);

    /// <summary>Takes the next that may start, with what it needs.</summary>
    public bool TryTake([NotNullWhen(true)] out PlannedStep? step, [NotNullWhen(true)] out Verdict? verdict)
    {
        (step, verdict) = (null, null);
        if ((budget.IsSpent && _running > 0) || !_ready.TryTake(budget, out step, out verdict)) return false;
        _running++;
        return true;
    }

    /// <summary>Takes one that will never start.</summary>
    public bool TryTakeAny([NotNullWhen(true)] out PlannedStep? step) => _ready.TryTakeAny(out step);

    /// <summary>One has ended; to be told before it needs anything else.</summary>
    public void Ended(PlannedStep step)
    {
        _running--;
        budget.Return(step.Needs);
    }
}
