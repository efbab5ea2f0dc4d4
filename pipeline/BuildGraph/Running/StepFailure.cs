using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>Turns whatever a step threw into the one error it counts as.</summary>
internal static class StepFailure
{
    private const int NoSpaceLeft = 28, QuotaExceeded = 122;

    public static PipelineException Of(Step step, Exception problem) => problem switch
    {
        PipelineException ours => ours,
        AggregateException many => Of(
            step,
            many.Flatten().InnerExceptions.FirstOrDefault(one => one is PipelineException) ?? many.Flatten().InnerExceptions[0]),
        IOException disk when (disk.HResult & 0xFFFF) is NoSpaceLeft or QuotaExceeded => BuildGraphErrors.DiskProblem(step.Id, disk),
        UnauthorizedAccessException denied => BuildGraphErrors.DiskProblem(step.Id, denied),
        _ => BuildGraphErrors.Broke(step, problem),
    };
}
