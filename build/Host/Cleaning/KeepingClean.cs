using TauPipeline.BuildGraph;

namespace TauPipeline.Host;

/// <summary><c>--target=Clean --keep=Evaluate</c>: what is only on the way to what is kept goes, and nothing becomes stale by it.</summary>
internal static class KeepingClean
{
    public static int Run(Invocation call, IReadOnlyList<string> keep)
    {
        string[] stages = Stages(call, keep);
        BuildRequest request = BuildRequests.Of(call, stages, new LineReporter(call.Terminal.Error.WriteLine, isExplaining: false));
        IReadOnlyList<(string Path, long Size)> gone = ProductRelease.Run(request, stages, call.Cancellation);
        string text = call.Line.Has(Options.Json)
            ? JsonLine.Of(line =>
                line.Write("event", "cleaned")
                    .Write("folder", call.Campaign.Out)
                    .Write("removed", gone.Count)
                    .Write("size", gone.Sum(product => product.Size)))
            : $"removed {Words.Count(gone.Count, "product")}, {Words.Size(gone.Sum(product => product.Size))}: {string.Join(", ", stages)} stay up to date, and what is gone is made again when something must read it";
        call.Terminal.Output.WriteLine(text);
        return ExitCode.Done;
    }

    /// <summary>Names what would go; whether all is up to date, so that it may, is asked when it is to go.</summary>
    public static void Pretend(Invocation call, IReadOnlyList<string> keep)
    {
        string[] stages = Stages(call, keep);
        Dictionary<string, StepState> built = BuildState.Of(call.Campaign.Out).ToDictionary(step => step.Id, StringComparer.Ordinal);
        HashSet<string> needed = StageGraph.WithAllNeeded(stages, StageGraph.Needs(call.Campaign.Stages));
        foreach (
            ProductState product in call
                .Campaign.Stages.Where(stage => needed.Contains(stage.Name) && !stages.Contains(stage.Name))
                .SelectMany(stage => stage.Steps())
                .SelectMany(step => built.GetValueOrDefault(step.Id)?.Products ?? []))
            if (!product.IsReleased) call.Terminal.Output.WriteLine(call.Line.Has(Options.Json)
                ? JsonLine.Of(line => line.Write("event", "would_remove").Write("path", product.Path).Write("size", product.Size))
                : $"   would remove  {product.Path}  {Words.Size(product.Size)}");
    }

    private static string[] Stages(Invocation call, IReadOnlyList<string> keep) =>
        [.. new TargetTable(call.Campaign.Stages).Find(keep, call.Campaign.Name).SelectMany(target => target.Stages).Distinct()];
}
