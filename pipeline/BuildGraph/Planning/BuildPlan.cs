using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>
/// The steps that the targets need, each after everything it reads from. Walks no graph by recursion: chains may be 100,000 steps deep.
/// </summary>
internal sealed class BuildPlan
{
    private readonly Dictionary<string, PlannedStep> _makers;

    private BuildPlan(IReadOnlyList<string> stages, IReadOnlyList<PlannedStep> steps, Dictionary<string, PlannedStep> makers)
    {
        Stages = stages;
        Steps = steps;
        _makers = makers;
    }

    /// <summary>Names of all stages of the campaign.</summary>
    public IReadOnlyList<string> Stages { get; }

    /// <summary>The steps in plan order: dependencies first, otherwise as declared.</summary>
    public IReadOnlyList<PlannedStep> Steps { get; }

    /// <summary>The step that makes the product at that path.</summary>
    public PlannedStep MakerOf(string path) => _makers[path];

    /// <summary>Checks all steps of the campaign and orders those that the targets need.</summary>
    /// <exception cref="Misuse">Anything is wrong; all mistakes at once.</exception>
    public static BuildPlan Of(IReadOnlyList<IStage> stages, IReadOnlyList<string> targets)
    {
        var mistakes = new List<string>();
        HashSet<string> wanted = PlanChecks.Targets(stages, targets, mistakes);
        List<PlannedStep> all =
        [
            .. stages.SelectMany(stage => PlanChecks.StepsOf(stage, mistakes))
                .Select(step => new PlannedStep(step, wanted.Contains(step.Stage))),
        ];
        Dictionary<string, PlannedStep> makers = PlanChecks.Makers(all, mistakes);
        PlanChecks.RawFiles(all, mistakes);
        Connect(all, makers, mistakes);
        List<PlannedStep> ordered = Order(all);
        if (ordered.Count < all.Count) mistakes.Add(Circle.Describe(all.Except(ordered)));
        if (mistakes.Count > 0) throw BuildGraphErrors.WrongGraph(mistakes);

        List<PlannedStep> steps = Needed(ordered);
        for (int i = 0; i < steps.Count; i++)
        {
            steps[i].Index = i;
            steps[i].Upstream.TrimExcess();
            steps[i].Downstream.TrimExcess();
        }
        return new BuildPlan([.. stages.Select(stage => stage.Name)], steps, makers);
    }

    /// <summary>These steps and everything they read from, directly or not.</summary>
    public static HashSet<PlannedStep> Closure(IEnumerable<PlannedStep> from)
    {
        var reached = new HashSet<PlannedStep>(from);
        var open = new Stack<PlannedStep>(reached);
        while (open.TryPop(out PlannedStep? step))
            foreach (PlannedStep maker in step.Upstream)
                if (reached.Add(maker)) open.Push(maker);
        return reached;
    }

    private static void Connect(List<PlannedStep> all, Dictionary<string, PlannedStep> makers, List<string> mistakes)
    {
        var known = new HashSet<PlannedStep>();
        foreach (PlannedStep reader in all)
        {
            known.Clear();
            for (int i = 0; i < reader.Step.Reads.Count; i++)
            {
                StepInput input = reader.Step.Reads[i];
                if (input.Artifact.Kind is ArtifactKind.Raw or ArtifactKind.Lineage) continue;
                if (!makers.TryGetValue(input.Artifact.Path, out PlannedStep? maker))
                    mistakes.Add(
                        $"{reader.Step.Id} reads {input.Artifact.Path}, which no step makes; nearest: {ErrorText.Nearest(input.Artifact.Path, makers.Keys, 2)}"
                    );
                else if (known.Add(maker))
                {
                    reader.Upstream.Add(maker);
                    maker.Downstream.Add(reader);
                }
            }
        }
    }

    private static bool IsInOrder(List<PlannedStep> all)
    {
        foreach (PlannedStep step in all)
            foreach (PlannedStep maker in step.Upstream)
                if (maker.Index >= step.Index) return false;
        return true;
    }

    // Those that a target needs, in the same order.
    private static List<PlannedStep> Needed(List<PlannedStep> ordered)
    {
        if (ordered.TrueForAll(step => step.IsTarget)) return ordered;
        HashSet<PlannedStep> needed = Closure(ordered.Where(step => step.IsTarget));
        List<PlannedStep> steps = ordered.FindAll(needed.Contains);
        foreach (PlannedStep step in steps) step.Downstream.RemoveAll(reader => !needed.Contains(reader));
        return steps;
    }

    // Kahn's order, taking the first declared of those that are free: the order of the flow wherever it is an order at all.
    private static List<PlannedStep> Order(List<PlannedStep> all)
    {
        for (int i = 0; i < all.Count; i++) all[i].Index = i;
        // Most campaigns are declared in the order of their flow.
        if (IsInOrder(all)) return all;

        var missing = new int[all.Count];
        var free = new PriorityQueue<PlannedStep, int>();
        for (int i = 0; i < all.Count; i++)
        {
            missing[i] = all[i].Upstream.Count;
            if (all[i].Upstream.Count == 0) free.Enqueue(all[i], i);
        }
        var ordered = new List<PlannedStep>(all.Count);
        while (free.TryDequeue(out PlannedStep? step, out _))
        {
            ordered.Add(step);
            foreach (PlannedStep reader in step.Downstream)
                if (--missing[reader.Index] == 0) free.Enqueue(reader, reader.Index);
        }
        return ordered;
    }
}
