using TauPipeline.BuildGraph;

namespace TauPipeline.Host;

/// <summary>Brings the requested targets up to date, or shows what doing so would mean.</summary>
internal static class TargetRun
{
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(Invocation call)
    {
        CommandLine line = call.Line;
        bool needsCampaign = line.Targets.Count == 0 || line.Targets.Any(name => !TargetTable.IsTool(name));
        var table = new TargetTable(needsCampaign ? call.Campaign.Stages : []);
        IReadOnlyList<NamedTarget> targets = table.Find(line.Targets, Campaigns.NameOf(line));
        string[] stages = [.. targets.SelectMany(target => target.Stages).Distinct()];
        // An alias alone would be an empty task under --exclusive; its stages are what was meant.
        string[] names =
        [
            .. targets.SelectMany(target => line.Has(Options.Exclusive) && target.Tool is null ? target.Stages : [target.Name]).Distinct(),
        ];

        var cake = new CakeWalk(call, table);
        return line.Mode switch
        {
            RunMode.Tree => await cake.ShowTree(names),
            RunMode.Description => await cake.ShowDescriptions(names),
            RunMode.DryRun => await cake.Pretend(names, table, Preview(call, stages)),
            _ when stages.Length == 0 => await cake.Walk(names, _ => Task.FromResult(ExitCode.Done)),
            _ => await StageRun.Run(call, stages, waitFor => cake.Walk(names, waitFor)),
        };
    }

    private static ForecastText Preview(Invocation call, string[] stages) => new(
        stages.Length == 0
            ? []
            : BuildPreview.Of(
                BuildRequests.Of(call, stages, new LineReporter(call.Terminal.Error.WriteLine, isExplaining: false)),
                call.Cancellation),
        call.Line.Has(Options.Explain));
}
