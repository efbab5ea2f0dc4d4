using TauPipeline.BuildGraph;

namespace TauPipeline.Host;

/// <summary>How much of the campaign is up to date, stage by stage; looks only.</summary>
internal sealed class StatusTool : ITool
{
    private static readonly string[] Header = ["stage", "steps", "up to date", "stale", "missing"];

    private const int MostShown = 10;

    public string Name => "Status";

    public string Summary => "how much of the campaign is up to date, stale or not there yet";

    public int Run(Invocation call)
    {
        string[] stages = [.. call.Campaign.Stages.Select(stage => stage.Name)];
        BuildRequest request = BuildRequests.Of(call, stages, new LineReporter(call.Terminal.Error.WriteLine, isExplaining: false));
        var steps = BuildPreview.Of(request, call.Cancellation).Select(one => new StepStatus(one.Step, StateOf(one.Step, one.Forecast, request.Out), one.Reasons)).ToList();
        foreach (string line in call.Line.Has(Options.Json) ? steps.Select(Json) : Text(steps, call.Line.Has(Options.Explain))) call.Terminal.Output.WriteLine(line);
        foreach (string line in Locked(call, steps)) call.Terminal.Output.WriteLine(line);
        return ExitCode.Done;
    }

    // What was never built is said above; the lock is compared with what there is.
    private static IEnumerable<string> Locked(Invocation call, List<StepStatus> steps)
    {
        var held = new CampaignLock(call);
        if (!held.IsThere) return [];
        IReadOnlyList<string> stages = CampaignLock.Targets(call);
        Step[] locked = [.. steps.Where(one => stages.Contains(one.Step.Stage)).Select(one => one.Step)];
        IReadOnlyList<LockDifference> differences = held.Differences(locked, call.Campaign.Out);
        if (call.Line.Has(Options.Json))
            return differences.Select(one => JsonLine.Of(line => line.Write("event", "lock").Write("stage", one.Stage).Write("product", one.What).Write("locked", one.Locked?.Hash.ToString()).Write("found", one.Found?.Hash.ToString())));
        int absent = differences.Count(one => one.Found is null);
        return differences.Count == 0 ? [$"all products are as {held.File} has them"]
            : [$"{held.File}: {Words.Count(differences.Count - absent, "product")} differ, {absent} not there", .. differences.Where(one => one.Found is not null).Take(MostShown).Select(one => $"  {one}")];
    }

    private static string StateOf(Step step, StepForecast forecast, string folder) =>
        step.Writes.Any(product => !Path.Exists(Path.Combine(folder, product.Path))) ? "missing"
        : forecast == StepForecast.UpToDate ? "up to date" : "stale";

    private static IEnumerable<string> Text(List<StepStatus> steps, bool isExplaining)
    {
        if (isExplaining)
            foreach (StepStatus one in steps.Where(one => one.State != "up to date"))
            {
                yield return $"{one.Step.Id} is {one.State}";
                foreach (StaleReason reason in one.Reasons) yield return $"  {reason}";
            }
        foreach (string line in Table.Lines(Header, steps.GroupBy(one => one.Step.Stage).Select(Row))) yield return line;
    }

    private static string[] Row(IGrouping<string, StepStatus> stage)
    {
        string Of(string state) => stage.Count(one => one.State == state) is > 0 and var count ? $"{count}" : "-";
        return [stage.Key, $"{stage.Count()}", .. Header[2..].Select(Of)];
    }

    private static string Json(StepStatus one) => JsonLine.Of(line => line.Write("event", "status").Write("step", one.Step.Id).Write("state", one.State).Write(one.Reasons));

    private sealed record StepStatus(Step Step, string State, IReadOnlyList<StaleReason> Reasons);
}
