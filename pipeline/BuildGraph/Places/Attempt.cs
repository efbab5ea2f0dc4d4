namespace TauPipeline.BuildGraph;

/// <summary>
/// The folder of one attempt at a step: outputs are complete in here before any of them appears in its place. What else an attempt needs
/// stands beside it.
/// </summary>
internal sealed class Attempt(string root)
{
    private const string Aside = ".aside";

    /// <summary>The folder of the outputs.</summary>
    public string Root { get; } = root;

    /// <summary>What the log calls the attempt.</summary>
    public string Id => Path.GetFileName(Root);

    /// <summary>Which attempt a folder belongs to: its own, or the one beside it.</summary>
    public static string IdOf(string folder) =>
        Path.GetFileName(folder) is var name && name.EndsWith(Aside, StringComparison.Ordinal) ? name[..^Aside.Length] : name;

    /// <summary>What a child says of its work.</summary>
    public string Result => Path.Combine(Root + Aside, "result.json");

    /// <summary>Makes the folder.</summary>
    public void Create() => Directory.CreateDirectory(Root);

    /// <summary>Makes the place of what stands beside the outputs.</summary>
    public void CreateAside() => Directory.CreateDirectory(Root + Aside);

    /// <summary>Where an output is written.</summary>
    public string Output(Artifact artifact) => Output(artifact.Path);

    /// <summary>Where an output is written.</summary>
    public string Output(string path) => Path.Combine(Root, path);

    /// <summary>Where the lineage text stands while the step reads it.</summary>
    public string Lineage(Artifact artifact) => Path.Combine(Root + Aside, "lineage", artifact.Path);

    /// <summary>Where a folder goes that stands in the way of a new output.</summary>
    public string Replaced(string path) => Path.Combine(Root + Aside, "old", path);

    /// <summary>Whether that output is (still) in here.</summary>
    public bool Has(string path) => Path.Exists(Output(path));

    /// <summary>
    /// Removes what is left in the folders but keeps the first: making and removing one for every small step costs more than the step.
    /// </summary>
    public void Empty()
    {
        foreach (string left in Directory.GetDirectories(Root)) Directory.Delete(left, recursive: true);
        if (Directory.Exists(Root + Aside)) Directory.Delete(Root + Aside, recursive: true);
    }

    /// <summary>Removes both folders and whatever is left in them.</summary>
    public void Delete()
    {
        if (Directory.Exists(Root)) Directory.Delete(Root, recursive: true);
        if (Directory.Exists(Root + Aside)) Directory.Delete(Root + Aside, recursive: true);
    }
}
