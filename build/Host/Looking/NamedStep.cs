using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>Finds the step that <c>--step</c> means: by its name, by its stage if that has no other, or by a product.</summary>
internal static class NamedStep
{
    /// <exception cref="Misuse">There is none, or a stage of several was named.</exception>
    public static Step Find(LoadedCampaign campaign, string text)
    {
        Step[] all = [.. campaign.Stages.SelectMany(stage => stage.Steps())];
        if (all.FirstOrDefault(step => step.Id == text) is { } named) return named;
        Step[] family = [.. all.Where(step => step.Stage == text)];
        if (family.Length == 1) return family[0];
        if (family.Length > 1) throw CommandErrors.ManySteps(text, [.. family.Select(step => step.Id)]);
        string[] paths = [text, Path.GetRelativePath(campaign.Out, Path.GetFullPath(text))];
        return all.FirstOrDefault(step => Products(step).Any(product => paths.Any(path => Makes(product, path))))
            ?? throw CommandErrors.UnknownStep(
                text,
                [.. all.Select(step => step.Id)],
                all.SelectMany(Products).Select(product => product.Path));
    }

    private static IEnumerable<Artifact> Products(Step step) => step.CountsRows ? step.Writes.Append(step.Ledger) : step.Writes;

    private static bool Makes(Artifact product, string path) =>
        path == product.Path || product.Kind == ArtifactKind.Folder && path.StartsWith(product.Path + "/", StringComparison.Ordinal);
}
