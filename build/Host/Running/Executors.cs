using TauPipeline.Queues;

namespace TauPipeline.Host;

/// <summary>What <c>--executor=</c> names.</summary>
internal static class Executors
{
    /// <summary>The batch system that works on steps; <see langword="null"/> if this machine does.</summary>
    public static BatchExecutor? Of(Invocation call) => call.Line.Value(Options.Executor) switch
    {
        null or Options.Local => null,
        _ => BatchExecutor.OnSlurm(call.Campaign.Queue, Path.Combine(call.Campaign.Out, ".tau", "queue"), BuildRequests.Host),
    };
}
