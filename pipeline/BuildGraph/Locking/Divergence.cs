namespace TauPipeline.BuildGraph;

/// <summary>
/// A step that made other products in a second build although it read the same: where to look for what is not reproducible.
/// </summary>
/// <param name="Step">The step.</param>
/// <param name="Products">Paths of its products that differ.</param>
/// <param name="Downstream">Steps after it that differ too: what they read differs, so nothing is known of them.</param>
public sealed record Divergence(Step Step, IReadOnlyList<string> Products, IReadOnlyList<Step> Downstream)
{
    /// <summary>
    /// The first steps, in the order of the flow, whose products differ between two output folders; those behind them are folded into
    /// them.
    /// </summary>
    /// <param name="stages">The stages of the campaign.</param>
    /// <param name="targets">The stages whose steps, and all those need, are compared.</param>
    /// <param name="first">One output folder.</param>
    /// <param name="second">The other.</param>
    public static IReadOnlyList<Divergence> Between(
        IReadOnlyList<IStage> stages,
        IReadOnlyList<string> targets,
        string first,
        string second)
    {
        using BuildLog before = BuildLog.ReadOnly(new BuildFolder(first)), after = BuildLog.ReadOnly(new BuildFolder(second));
        var plan = BuildPlan.Of(stages, targets);
        var roots = new List<(PlannedStep Step, string[] Products, List<Step> Downstream)>();
        var owner = new int?[plan.Steps.Count];
        foreach (PlannedStep planned in plan.Steps)
        {
            string[] differing = Differing(planned.Step, before.Step(planned.Step.Id), after.Step(planned.Step.Id));
            if (differing.Length == 0) continue;
            owner[planned.Index] = planned.Upstream.Select(maker => owner[maker.Index]).Min();
            if (owner[planned.Index] is { } root) roots[root].Downstream.Add(planned.Step);
            else
            {
                owner[planned.Index] = roots.Count;
                roots.Add((planned, differing, []));
            }
        }
        return [.. roots.Select(root => new Divergence(root.Step.Step, root.Products, root.Downstream))];
    }

    private static string[] Differing(Step step, StepRecord? before, StepRecord? after) =>
        [
            .. step.Outputs()
                .Select(output => output.Path)
                .Where(path => before?.Output(path)?.Hash != after?.Output(path)?.Hash || after is null)
                .Order(StringComparer.Ordinal),
        ];
}
