using TauPipeline.Queues;

namespace TauPipeline.Host;

/// <summary>What <c>--executor=</c> names.</summary>
internal static class Executors
{
    /// <summary>The batch system that works on steps; <see langword="null"/> if this machine does.</summary>
    public static BatchExecutor? Of(Invocation call) => call.Line.Value(Options.Executor) switch
    {
        null or Options.Local => null,
        Options.Slurm => BatchExecutor.OnSlurm(call.Campaign.Queue, Queue(call), BuildRequests.Host),
        _ => BatchExecutor.OnCondor(call.Campaign.Queue, Queue(call), BuildRequests.Host),
    };

    private static string Queue(Invocation call) => Path.Combine(call.Campaign.Out, ".tau", "queue");
}
