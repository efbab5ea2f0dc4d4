using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>One run of the engine: plans once, runs what is stale, commits outputs by rename.</summary>
public sealed class BuildRun
{
    /// <summary>Checks the graph, takes the folder's lock and starts; steps of different stages overlap.</summary>
    /// <exception cref="Misuse">The graph is wrong: two makers of one product, a cycle, an unknown target; or a raw file is not the one stated.</exception>
    public static BuildRun Start(BuildRequest request, CancellationToken cancellation) => throw new Defect("the engine is not there yet");

    /// <summary>Completes when every wanted step of that stage has ended; never faults.</summary>
    public Task Finished(string stage) => throw new Defect($"no stage '{stage}'");

    /// <summary>Completes when all has ended; never faults: failures are in the summary.</summary>
    public required Task<BuildSummary> Completion { get; init; }
}

/// <summary>What a dry run and Status know of a step without running anything.</summary>
public enum StepForecast
{
    /// <summary>Nothing to do.</summary>
    UpToDate,
    /// <summary>Stale for the given reasons.</summary>
    WouldRun,
    /// <summary>Something before it would run; whether this one then must is not known in advance.</summary>
    MayRun,
}

/// <summary>A look ahead that writes nothing.</summary>
public static class BuildPreview
{
    /// <summary>Every step of the targets' closure in plan order, with its forecast and reasons.</summary>
    /// <exception cref="Misuse">As <see cref="BuildRun.Start"/>.</exception>
    public static IReadOnlyList<(Step Step, StepForecast Forecast, IReadOnlyList<StaleReason> Reasons)> Of(BuildRequest request, CancellationToken cancellation) =>
        throw new Defect("the engine is not there yet");
}

/// <summary>The child's half of an isolated step.</summary>
public static class StepChild
{
    /// <summary>Runs one row of a frozen plan: composes the catalogue, finds the step, compares the fingerprint, works, writes <c>result.json</c>.</summary>
    /// <param name="plan">Path of the frozen plan.</param>
    /// <param name="row">Which step.</param>
    /// <param name="compose">Makes the stages from the campaign text of the plan.</param>
    /// <param name="cancellation">Asks it to stop.</param>
    /// <returns>The exit code.</returns>
    public static int Execute(string plan, int row, Func<string, IReadOnlyList<IStage>> compose, CancellationToken cancellation) =>
        throw new Defect("the engine is not there yet");
}
