namespace TauPipeline.BuildGraph;

/// <summary>
/// Products that were deleted on purpose make nothing stale; but a step that runs, or may run, must find what it reads.
/// Looks ahead over the whole plan, and only where something was so deleted.
/// </summary>
internal static class NeededAgain
{
    /// <summary>The steps that must run only because a product of theirs is missing and will be read.</summary>
    public static IReadOnlyDictionary<PlannedStep, StaleReason> Of(
        BuildPlan plan,
        BuildFolder folder,
        BuildLog log,
        IReadOnlyList<StepForecast> forecasts)
    {
        var needed = new Dictionary<PlannedStep, StaleReason>();
        for (int i = plan.Steps.Count - 1; i >= 0; i--)
        {
            PlannedStep reader = plan.Steps[i];
            if (forecasts[i] == StepForecast.UpToDate && !needed.ContainsKey(reader)) continue;
            foreach (StepInput input in reader.Step.Reads)
                if (
                    input.Artifact.Kind is ArtifactKind.Product or ArtifactKind.Folder
                    && log.IsReleased(input.Artifact.Path)
                    && !Path.Exists(folder.Product(input.Artifact.Path)))
                    needed.TryAdd(
                        plan.MakerOf(input.Artifact.Path),
                        new StaleReason($"output {input.Artifact.Path}", "deleted on purpose", $"needed again by {reader.Step.Id}"));
        }
        return needed;
    }
}
