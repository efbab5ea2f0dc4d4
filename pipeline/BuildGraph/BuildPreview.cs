using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

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

/// <summary>A look ahead that writes nothing and takes no lock.</summary>
public static class BuildPreview
{
    /// <summary>Every step of the targets' closure in plan order, with its forecast and reasons.</summary>
    /// <exception cref="Misuse">As <see cref="BuildRun.Start"/>.</exception>
    public static IReadOnlyList<(Step Step, StepForecast Forecast, IReadOnlyList<StaleReason> Reasons)> Of(
        BuildRequest request,
        CancellationToken cancellation)
    {
        var plan = BuildPlan.Of(request.Stages, request.Targets);
        var folder = new BuildFolder(request.Out);
        using var log = BuildLog.ReadOnly(folder);
        var contents = new Contents(folder, log, request.Tick);
        RawFiles.Check(plan, contents, request.Jobs, cancellation);
        var judge = new Judge(plan, log, contents, request);
        if (log.HasReleased)
            judge.Needed = NeededAgain.Of(plan, folder, log, [.. Look(plan, judge, cancellation).Select(step => step.Forecast)]);
        return Look(plan, judge, cancellation);
    }

    /// <summary>The look ahead itself, for a run that has the folder already.</summary>
    internal static IReadOnlyList<(Step Step, StepForecast Forecast, IReadOnlyList<StaleReason> Reasons)> Look(
        BuildPlan plan,
        Judge judge,
        CancellationToken cancellation)
    {
        var forecasts = new StepForecast[plan.Steps.Count];
        return [.. plan.Steps.Select(planned => Look(planned, judge.Of(planned, cancellation), forecasts))];
    }

    private static (Step, StepForecast, IReadOnlyList<StaleReason>) Look(PlannedStep planned, Verdict verdict, StepForecast[] forecasts)
    {
        HashSet<string> open =
        [
            .. planned.Upstream.Where(maker => forecasts[maker.Index] != StepForecast.UpToDate)
                .SelectMany(maker => maker.Step.Outputs())
                .Select(output => output.Path),
        ];
        string[] unknown =
        [
            .. planned.Step.Reads.Where(input =>
                    open.Count > 0 && (input.Artifact.Kind == ArtifactKind.Lineage || open.Contains(input.Artifact.Path)))
                .Select(InputContent.Name),
        ];
        // An input that is yet to be made is no reason by what it holds now.
        StaleReason[] sure =
        [
            .. verdict.Reasons.Where(reason =>
                !unknown.Any(input =>
                    reason.Component == input || reason.Component.StartsWith(input + " column ", StringComparison.Ordinal))),
        ];
        StepForecast forecast = sure.Length > 0 ? StepForecast.WouldRun : open.Count > 0 ? StepForecast.MayRun : StepForecast.UpToDate;
        forecasts[planned.Index] = forecast;
        return (planned.Step, forecast, sure);
    }
}
