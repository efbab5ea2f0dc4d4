using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>The lock of one campaign: beside its YAML, for the products of all that Evaluate needs.</summary>
internal sealed class CampaignLock(Invocation call)
{
    /// <summary>The file, as messages name it.</summary>
    public string File { get; } = Path.Combine(Path.GetDirectoryName(Campaigns.PathOf(call.Line)) ?? "", call.Campaign.Name + ".lock");

    /// <summary>Whether there is one, and it speaks of this call.</summary>
    public bool IsThere => Obstacle(call.Line) is null && System.IO.File.Exists(File);

    /// <summary>
    /// The option for which a lock does not speak of a call: with other settings or inputs the products are rightly others.
    /// </summary>
    public static Option? Obstacle(CommandLine line) =>
        line.Has(Options.Set) ? Options.Set
        : line.Has(Options.Input) ? Options.Input
        : null;

    /// <summary>The stages that are locked and verified: what Evaluate stands for and needs, else all; in the order of the flow.</summary>
    public static IReadOnlyList<string> Targets(Invocation call)
    {
        IReadOnlyList<ComposedStage> stages = call.Campaign.Stages;
        if (new TargetTable(stages).All.FirstOrDefault(target => target.Name == TargetTable.EvaluateName) is not { } evaluate)
            return [.. stages.Select(stage => stage.Name)];
        HashSet<string> needed = StageGraph.WithAllNeeded(evaluate.Stages, StageGraph.Needs(stages));
        return [.. stages.Select(stage => stage.Name).Where(needed.Contains)];
    }

    /// <summary>The products in an output folder, as a lock would have them.</summary>
    public ProductLock Found(IEnumerable<Step> steps, string folder) => ProductLock.Of(call.Campaign.Name, steps, folder);

    /// <summary>Where the products in an output folder differ from the lock.</summary>
    /// <exception cref="Misuse">The lock is not as it was written.</exception>
    public IReadOnlyList<LockDifference> Differences(IEnumerable<Step> steps, string folder) =>
        ProductLock.Read(File).Compare(Found(steps, folder), File);
}
