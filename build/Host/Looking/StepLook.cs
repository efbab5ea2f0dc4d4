using TauPipeline.BuildGraph;

namespace TauPipeline.Host;

/// <summary>A step as Status and Graph show it.</summary>
/// <param name="Step">The step.</param>
/// <param name="State"><c>up to date</c>, <c>stale</c>, <c>may run</c> or <c>missing</c>.</param>
/// <param name="Reasons">Why it would run, if it is sure that it would.</param>
internal sealed record StepLook(Step Step, string State, IReadOnlyList<StaleReason> Reasons)
{
    public const string UpToDate = "up to date", Stale = "stale", MayRun = "may run", Missing = "missing";

    /// <summary>From good to bad.</summary>
    public static IReadOnlyList<string> States { get; } = [UpToDate, Stale, MayRun, Missing];

    /// <summary>Name and state in words: <c>Plot is stale</c>, <c>Plot may run</c>.</summary>
    public string Said => $"{Step.Id} {Saying}";

    /// <summary>The state as a verb.</summary>
    public string Saying => State == MayRun ? State : $"is {State}";

    public bool IsUpToDate => State == UpToDate;

    /// <summary>All steps of the campaign in plan order; writes nothing, takes no lock.</summary>
    public static IReadOnlyList<StepLook> All(Invocation call)
    {
        BuildRequest request = BuildRequests.Of(
            call,
            [.. call.Campaign.Stages.Select(stage => stage.Name)],
            new LineReporter(call.Terminal.Error.WriteLine, isExplaining: false));
        return
        [
            .. BuildPreview.Of(request, call.Cancellation)
                .Select(one => new StepLook(one.Step, StateOf(one.Step, one.Forecast, request.Out), one.Reasons)),
        ];
    }

    private static string StateOf(Step step, StepForecast forecast, string folder) => forecast switch
    {
        StepForecast.UpToDate => UpToDate,
        _ when step.Writes.Any(product => !Path.Exists(Path.Combine(folder, product.Path))) => Missing,
        StepForecast.WouldRun => Stale,
        _ => MayRun,
    };
}
