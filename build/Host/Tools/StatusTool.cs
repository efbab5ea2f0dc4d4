using TauPipeline.BuildGraph;

namespace TauPipeline.Host;

/// <summary>
/// How much of the campaign is up to date, stage by stage, or why one step is not; looks only. Ends with 1 if what Evaluate needs is not
/// all up to date.
/// </summary>
internal sealed class StatusTool : ITool
{
    private static readonly string[] Header = ["stage", "steps", .. StepLook.States, "size", "last built"];

    private const int MostShown = 10;

    public string Name => "Status";

    public string Summary =>
        "what is up to date, stale or not there yet (exit code 1 if anything that Evaluate needs is not up to date); --step=STEP explains one step or product";

    public int Run(Invocation call)
    {
        IReadOnlyList<StepLook> steps = StepLook.All(call);
        Dictionary<string, StepState> built = BuildState.Of(call.Campaign.Out).ToDictionary(state => state.Id, StringComparer.Ordinal);
        if (call.Line.Value(Options.Step) is { } name)
            return Explain(call, Explanation.Of(NamedStep.Find(call.Campaign, name), steps), built);

        if (BuildState.HolderOf(call.Campaign.Out) is { } holder)
            call.Terminal.Error.WriteLine($"a run is at work here, so this is out of date already: {holder}");
        bool asJson = call.Line.Has(Options.Json);
        StageLook[] stages =
        [
            .. steps.GroupBy(one => one.Step.Stage).Select(stage => StageLook.Of(stage.Key, [.. stage], built, call.Campaign.Out)),
        ];
        IReadOnlyList<string> needed = CampaignLock.Targets(call);
        bool isClean = stages.Where(stage => needed.Contains(stage.Name)).All(stage => stage.IsUpToDate);
        IEnumerable<string> lines = asJson
            ? [.. steps.Select(Json), .. stages.Select(stage => stage.Json())]
            : [.. call.Line.Has(Options.Explain) ? Explained(steps) : [], .. Table.Lines(Header, stages.Select(stage => stage.Row()))];
        foreach (string line in lines) call.Terminal.Output.WriteLine(line);
        if (!asJson && stages.Sum(stage => stage.Released) is > 0 and var released)
            call.Terminal.Output.WriteLine(
                $"{Words.Count(released, "product")} deleted on purpose: made again when something must read them");
        foreach (string line in Locked(call, steps)) call.Terminal.Output.WriteLine(line);
        if (asJson) call.Terminal.Output.WriteLine(Verdict(call, isClean));
        return isClean ? ExitCode.Done : ExitCode.StepFailed;
    }

    private static int Explain(Invocation call, Explanation told, Dictionary<string, StepState> built)
    {
        var text = new ExplanationText(told, built.GetValueOrDefault(told.Look.Step.Id), call.Campaign.Out);
        foreach (string line in call.Line.Has(Options.Json) ? [text.Json()] : text.Lines()) call.Terminal.Output.WriteLine(line);
        return told.Look.IsUpToDate ? ExitCode.Done : ExitCode.StepFailed;
    }

    // What was never built is said above; the lock is compared with what there is.
    private static IEnumerable<string> Locked(Invocation call, IReadOnlyList<StepLook> steps)
    {
        var held = new CampaignLock(call);
        if (!held.IsThere) return [];
        IReadOnlyList<string> stages = CampaignLock.Targets(call);
        Step[] locked = [.. steps.Where(one => stages.Contains(one.Step.Stage)).Select(one => one.Step)];
        IReadOnlyList<LockDifference> differences = held.Differences(locked, call.Campaign.Out);
        if (call.Line.Has(Options.Json))
            return differences.Select(one =>
                JsonLine.Of(line =>
                    line.Write("event", "lock")
                        .Write("stage", one.Stage)
                        .Write("product", one.What)
                        .Write("locked", one.Locked?.Hash.ToString())
                        .Write("found", one.Found?.Hash.ToString())));
        int absent = differences.Count(one => one.Found is null);
        return differences.Count == 0 ? [$"all products are as {held.File} has them"]
            :
            [
                $"{held.File}: {Words.Count(differences.Count - absent, "product")} differ, {absent} not there",
                .. differences.Where(one => one.Found is not null).Take(MostShown).Select(one => $"  {one}"),
            ];
    }

    private static IEnumerable<string> Explained(IReadOnlyList<StepLook> steps)
    {
        foreach (StepLook one in steps.Where(one => !one.IsUpToDate))
        {
            yield return one.Said;
            foreach (StaleReason reason in one.Reasons) yield return $"  {reason}";
        }
    }

    private static string Json(StepLook one) =>
        JsonLine.Of(line => line.Write("event", "status").Write("step", one.Step.Id).Write("state", one.State).Write(one.Reasons));

    private static string Verdict(Invocation call, bool isClean) => JsonLine.Of(line =>
    {
        line.Write("event", "verdict").Write("up_to_date", isClean);
        if (JournalFolder.Latest(call.Campaign.Out) is { } last) line.Write("report", last.Page).Write("report_json", last.Facts);
    });
}
