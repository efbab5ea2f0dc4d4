using TauPipeline.BuildGraph;
using TauPipeline.Formats;

namespace TauPipeline.Stages;

/// <summary>Where the figures of a kind are, and under which of the report's headings they stand.</summary>
/// <param name="Name">The kind, which is the key of its step: <c>roc</c>.</param>
/// <param name="Heading">The heading: <c>ROC curves</c>.</param>
public sealed record DrawnFigures(string Name, string Heading)
{
    /// <summary>The pictures: SVG, PDF and the specification of each.</summary>
    public Artifact Folder => Artifact.Folder(FolderPath);

    /// <summary>What each shows, in their order.</summary>
    public Artifact<FigureIndexFile> Index => new($"{FolderPath}.json");

    /// <summary>Path of the folder among the products.</summary>
    public string FolderPath => $"plot/{Name}";
}
