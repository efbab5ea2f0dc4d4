using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>One run of the engine: plans once, runs what is stale, commits outputs by rename.</summary>
public sealed class BuildRun
{
    private readonly Func<string, Task> _finished;

    private BuildRun(Func<string, Task> finished) => _finished = finished;

    /// <summary>
    /// Checks the graph, takes the folder's lock (waiting for it if need be), checks the raw files and starts; steps of different stages
    /// overlap.
    /// </summary>
    /// <exception cref="Misuse">The graph is wrong: two makers of one product, a cycle, an unknown target; or a raw file is not the one
    /// stated.</exception>
    /// <exception cref="StepFailed">Another run has the folder and <see cref="BuildRequest.Wait"/> is false.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the first step.</exception>
    public static BuildRun Start(BuildRequest request, CancellationToken cancellation)
    {
        BuildRequest declared = request with { Stages = [.. request.Stages.Select(ComposedStage.Of)] };
        var shop = Workshop.Open(declared, cancellation);
        var progression = new Progression(shop.Plan);
        return new BuildRun(progression.Finished)
        {
            Completion = Task.Factory.StartNew(
                () => RunAll(shop, progression, cancellation),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default),
        };
    }

    /// <summary>Completes when every wanted step of that stage has ended; never faults.</summary>
    /// <exception cref="Defect">The campaign has no such stage.</exception>
    public Task Finished(string stage) => _finished(stage);

    /// <summary>Completes when all has ended; never faults: failures are in the summary.</summary>
    public required Task<BuildSummary> Completion { get; init; }

    private static BuildSummary RunAll(Workshop shop, Progression progression, CancellationToken cancellation)
    {
        try
        {
            using var scheduler = new Scheduler(shop, progression, cancellation);
            scheduler.Run();
            if (OverwriteCheck.Run(shop, progression) is { } overwritten) progression.Failed(overwritten);
        }
        catch (Exception problem) { progression.Failed(EngineFailure(problem)); }
        try { shop.Dispose(); }
        catch (Exception problem) { progression.Failed(EngineFailure(problem)); }
        return progression.Close(cancellation.IsCancellationRequested);
    }

    private static PipelineException EngineFailure(Exception problem) => problem switch
    {
        PipelineException ours => ours,
        IOException or UnauthorizedAccessException => BuildGraphErrors.DiskProblem("the build log", problem),
        _ => new Defect(new ErrorText($"the engine stopped: {problem.GetType().Name}: {problem.Message}"), problem),
    };
}
