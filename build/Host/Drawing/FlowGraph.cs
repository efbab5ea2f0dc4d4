using TauPipeline.BuildGraph;

namespace TauPipeline.Host;

/// <summary>A stage or step to be drawn.</summary>
/// <param name="Name">As one types it.</param>
/// <param name="Detail">What stands below the name.</param>
/// <param name="State">As <see cref="StepLook.State"/>, or <see cref="FlowGraph.Unknown"/>.</param>
internal sealed record FlowNode(string Name, string Detail, string State);

/// <summary>What reads from what, for all drawings: nodes in the order of the flow, arrows by their places in it.</summary>
internal sealed record FlowGraph(IReadOnlyList<FlowNode> Nodes, IReadOnlyList<(int From, int To)> Arrows)
{
    /// <summary>The state where nothing could be looked at.</summary>
    public const string Unknown = "unknown";

    /// <summary>The names of the nodes that each needs, in the order of the nodes.</summary>
    public IEnumerable<(FlowNode Node, IReadOnlyList<string> Needs)> WithNeeds()
    {
        ILookup<int, string> needs = Arrows.ToLookup(arrow => arrow.To, arrow => Nodes[arrow.From].Name);
        return Nodes.Select((node, at) => (node, (IReadOnlyList<string>)[.. needs[at]]));
    }

    /// <summary>One node a stage; without looks nothing is known of their state.</summary>
    public static FlowGraph OfStages(IReadOnlyList<IStage> stages, IReadOnlyList<StepLook>? looks)
    {
        ILookup<string, StepLook>? byStage = looks?.ToLookup(look => look.Step.Stage);
        IReadOnlyDictionary<string, IReadOnlyList<string>> needs = StageGraph.Needs(stages);
        List<string> names = [.. stages.Select(stage => stage.Name)];
        return new FlowGraph([.. stages.Select(stage => Stage(stage, byStage?[stage.Name]))],
            [.. stages.SelectMany((stage, to) => needs[stage.Name].Select(need => (names.IndexOf(need), to)))]);
    }

    /// <summary>One node a step.</summary>
    public static FlowGraph OfSteps(IReadOnlyList<IStage> stages, IReadOnlyList<StepLook>? looks)
    {
        Step[] steps = [.. stages.SelectMany(stage => stage.Steps())];
        Dictionary<string, string>? states = looks?.ToDictionary(look => look.Step.Id, look => look.State, StringComparer.Ordinal);
        var makers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < steps.Length; i++)
            foreach (Artifact product in steps[i].Writes.Append(steps[i].Ledger)) makers[product.Path] = i;
        return new FlowGraph(
            [
                .. steps.Select(step => new FlowNode(
                    step.Id,
                    Words.Count(step.Writes.Count, "product"),
                    states?.GetValueOrDefault(step.Id) ?? Unknown)),
            ],
            [
                .. steps.SelectMany(
                    (step, to) =>
                        step.Reads.Where(input => makers.ContainsKey(input.Artifact.Path))
                            .Select(input => makers[input.Artifact.Path])
                            .Distinct()
                            .Order()
                            .Select(from => (from, to))),
            ]);
    }

    // A stage is as bad as the worst of its steps.
    private static FlowNode Stage(IStage stage, IEnumerable<StepLook>? looks)
    {
        string steps = Words.Count(stage.Steps().Count, "step");
        if (looks is null) return new FlowNode(stage.Name, steps, Unknown);
        StepLook[] all = [.. looks];
        string worst = StepLook.States.LastOrDefault(state => all.Any(one => one.State == state)) ?? StepLook.UpToDate;
        int bad = all.Count(one => one.State == worst);
        return new FlowNode(stage.Name, worst == StepLook.UpToDate || bad == all.Length ? steps : $"{steps}, {bad} {worst}", worst);
    }
}
