using TauPipeline.BuildGraph;

namespace TauPipeline.Host;

/// <summary>All targets of one campaign: its stages, Evaluate, and the tools.</summary>
internal sealed class TargetTable
{
    /// <summary>The alias for all that ends in numbers and figures.</summary>
    public const string EvaluateName = "Evaluate";

    private const string EvaluateSummary = "metrics, plots and report: the whole way from raw tuples to ROC curves";

    private readonly IReadOnlyList<ComposedStage> _stages;

    /// <exception cref="Foundation.Misuse">An external stage of the campaign is called like a tool or an alias.</exception>
    public TargetTable(IReadOnlyList<ComposedStage> stages)
    {
        _stages = stages;
        All = [.. Stages(stages), .. Evaluate(stages), .. Tools.All.Select(Of)];
        foreach (ComposedStage stage in stages)
            if (IsTool(stage.Name) || Same(stage.Name, EvaluateName)) throw CommandErrors.StageNamedAsTool(stage.Name);
    }

    /// <summary>Stages in the order of the flow, then aliases, then tools.</summary>
    public IReadOnlyList<NamedTarget> All { get; }

    /// <summary>Whether that is a tool: then it can run without a campaign.</summary>
    public static bool IsTool(string name) => Tools.All.Any(tool => Same(tool.Name, name));

    /// <summary>The targets of these names; case does not matter, as in Cake.</summary>
    /// <exception cref="Foundation.Misuse">This campaign has no such target.</exception>
    public IReadOnlyList<NamedTarget> Find(IReadOnlyList<string> names, string campaign) => [.. names.Select(name =>
        All.FirstOrDefault(target => Same(target.Name, name)) ?? throw CommandErrors.UnknownTarget(name, campaign,
            [.. _stages.Select(stage => stage.Name)], [.. All.Select(target => target.Name).Except(_stages.Select(stage => stage.Name))]))];

    private static IEnumerable<NamedTarget> Stages(IReadOnlyList<IStage> stages)
    {
        IReadOnlyDictionary<string, IReadOnlyList<string>> needs = StageGraph.Needs(stages);
        return stages.Select(stage => new NamedTarget(stage.Name, stage.Summary, needs[stage.Name], [stage.Name]));
    }

    private static IEnumerable<NamedTarget> Evaluate(IReadOnlyList<ComposedStage> stages)
    {
        string[] names = [.. stages.Where(stage => stage.IsResult).Select(stage => stage.Name)];
        return names.Length == 0 ? [] : [new NamedTarget(EvaluateName, EvaluateSummary, names, names)];
    }

    private static NamedTarget Of(ITool tool) => new(tool.Name, tool.Summary, [], []) { Tool = tool };

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
