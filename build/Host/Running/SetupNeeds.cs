using TauPipeline.BuildGraph;

namespace TauPipeline.Host;

/// <summary>Sets the machine up before a run, if a step that will run needs it.</summary>
internal static class SetupNeeds
{
    public static void Ensure(Invocation call, IReadOnlyList<string> stages)
    {
        IReadOnlyDictionary<string, IReadOnlyList<string>> graph = StageGraph.Needs(call.Campaign.Stages);
        // Looking is cheap, so the steps are only asked when something is missing.
        if (MachineSetup.IsComplete(StageNeeds.Of(StageGraph.WithAllNeeded(stages, graph)))) return;
        BuildRequest request = BuildRequests.Of(call, stages, new LineReporter(call.Terminal.Error.WriteLine, isExplaining: false));
        IEnumerable<string> stale = BuildPreview.Of(request, call.Cancellation)
            .Where(one => one.Forecast != StepForecast.UpToDate)
            .Select(one => one.Step.Stage)
            .Distinct();
        IReadOnlySet<Need> needs = StageNeeds.Of(stale);
        if (MachineSetup.IsComplete(needs)) return;
        new MachineSetup(call.Terminal, call.Cancellation).Ensure(needs);
        call.ReadCampaignAgain();
    }
}
