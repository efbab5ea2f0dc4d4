using TauPipeline.BuildGraph;

namespace TauPipeline.Stages;

/// <summary>A file that an external step reads.</summary>
/// <param name="Role">The input it belongs to.</param>
/// <param name="Artifact">What is read.</param>
/// <param name="Link">Its name in the step's working folder, below <c>inputs/ROLE/</c>.</param>
/// <param name="Entry">What <c>{entry}</c> stands for in a step of this file.</param>
public sealed record ExternalItem(string Role, Artifact Artifact, string Link, string Entry)
{
    /// <summary>
    /// The items of an input. An entry is called as its file without the ending, or by its whole name where two would be called the same.
    /// </summary>
    public static IReadOnlyList<ExternalItem> Of(string role, IEnumerable<(string Name, Artifact Artifact)> files)
    {
        ExternalItem[] items =
        [
            .. files.Select(file => new ExternalItem(role, file.Artifact, file.Name, Path.GetFileNameWithoutExtension(file.Name))),
        ];
        bool areUnique = items.Select(item => item.Entry).Distinct(StringComparer.OrdinalIgnoreCase).Count() == items.Length;
        return areUnique ? items : [.. items.Select(item => item with { Entry = item.Link })];
    }
}
