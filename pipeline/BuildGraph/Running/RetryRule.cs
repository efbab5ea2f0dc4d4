using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>
/// Decides whether a failed step is tried again: as often as it says, and with twice the memory when it was killed for want of it.
/// </summary>
/// <param name="memory">All the memory there is for steps, in bytes: no more is tried.</param>
internal sealed class RetryRule(long memory)
{
    private readonly Dictionary<PlannedStep, int> _failures = [];

    /// <summary>
    /// Whether the step is to be tried once more; what it needs then is in <see cref="PlannedStep.Needs"/>. Misuse and defects would only
    /// come again.
    /// </summary>
    public bool Again(PlannedStep planned, PipelineException failure)
    {
        if (failure is not StepFailed failed || !(failed.WasKilled ? HasMore(planned) : IsLeft(planned))) return false;
        planned.Attempt++;
        return true;
    }

    // What was killed for want of memory would be killed again: only more memory is worth a try, and it is no retry of the user's.
    private bool HasMore(PlannedStep planned)
    {
        long had = planned.Needs.Memory;
        if (had >= memory) return false;
        planned.Needs = planned.Needs with { Memory = Math.Min(memory, 2 * had) };
        return true;
    }

    private bool IsLeft(PlannedStep planned) =>
        (_failures[planned] = _failures.GetValueOrDefault(planned) + 1) <= planned.Step.Needs.Retries;
}
