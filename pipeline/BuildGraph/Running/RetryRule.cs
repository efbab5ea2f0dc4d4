using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>
/// Decides whether a failed step is tried again: as often as it says, with twice the memory when it was killed for want of it, and twice
/// when it was lost through no fault of its own.
/// </summary>
internal sealed class RetryRule
{
    private const int MostLosses = 2;
    private readonly Dictionary<PlannedStep, int> _failures = [], _losses = [];

    /// <summary>
    /// Whether the step is to be tried once more; what it needs then is in <see cref="PlannedStep.Needs"/>. Misuse and defects would only
    /// come again.
    /// </summary>
    /// <param name="planned">The step.</param>
    /// <param name="failure">Why it failed.</param>
    /// <param name="memory">All the memory there is for it, in bytes: no more is tried.</param>
    public bool Again(PlannedStep planned, PipelineException failure, long memory)
    {
        if (failure is not StepFailed failed) return false;
        bool again = failed.WasLost ? IsLeft(_losses, planned, MostLosses)
            : failed.WasKilled ? HasMore(planned, memory)
            : IsLeft(_failures, planned, planned.Step.Needs.Retries);
        if (!again) return false;
        planned.Attempt++;
        return true;
    }

    // What was killed for want of memory would be killed again: only more memory is worth a try, and it is no retry of the user's.
    private static bool HasMore(PlannedStep planned, long memory)
    {
        long had = planned.Needs.Memory;
        if (had >= memory) return false;
        planned.Needs = planned.Needs with { Memory = Math.Min(memory, 2 * had) };
        return true;
    }

    private static bool IsLeft(Dictionary<PlannedStep, int> counts, PlannedStep planned, int most) =>
        (counts[planned] = counts.GetValueOrDefault(planned) + 1) <= most;
}
