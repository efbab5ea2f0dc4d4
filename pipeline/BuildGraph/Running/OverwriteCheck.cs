using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>
/// Finds products that somebody wrote into after their own step had committed them, in the same run: a step that reaches
/// beyond its attempt's folder would else leave wrong bytes behind a run that says it went well.
/// </summary>
internal static class OverwriteCheck
{
    private const int MostSuspects = 5;

    /// <summary>
    /// The failure that such products are, or <see langword="null"/>. Looks at stamps, and reads only what differs there.
    /// </summary>
    public static StepFailed? Run(Workshop shop, Progression progression)
    {
        var found = new List<(string, string, string)>();
        foreach (PlannedStep planned in shop.Plan.Steps)
        {
            if (!progression.HasRun(planned) || shop.Log.Step(planned.Step.Id) is not { } record) continue;
            foreach (OutputRecord output in record.Outputs)
                if (
                    output.Kind == ArtifactKind.Product
                    && !shop.Contents.IsUntouched(output.Path)
                    && shop.Contents.OfProduct(output.Kind, output.Path)?.Hash != output.Hash)
                    found.Add((output.Path, planned.Step.Id, Suspects(shop.Plan, planned, progression)));
        }
        return found.Count == 0 ? null : BuildGraphErrors.Overwritten(found);
    }

    // What a step reads from had ended before it began.
    private static string Suspects(BuildPlan plan, PlannedStep victim, Progression progression)
    {
        HashSet<PlannedStep> before = BuildPlan.Closure([victim]);
        string[] suspects =
        [
            .. plan.Steps.Where(step => !before.Contains(step) && progression.HasWorked(step)).Select(step => step.Step.Id),
        ];
        return suspects.Length switch
        {
            0 => "no step of this run",
            <= MostSuspects => string.Join(", ", suspects),
            _ => $"{string.Join(", ", suspects.Take(MostSuspects))} and {suspects.Length - MostSuspects} more",
        };
    }
}
