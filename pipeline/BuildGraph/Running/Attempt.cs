namespace TauPipeline.BuildGraph;

/// <summary>The folder of one attempt at a step: outputs are complete in here before any of them appears in its place.</summary>
internal sealed class Attempt(string root)
{
    public string Root { get; } = root;

    /// <summary>All outputs, at their logical paths.</summary>
    public string Outputs => Path.Combine(Root, "out");

    /// <summary>What a child says of its work.</summary>
    public string Result => Path.Combine(Root, "result.json");

    /// <summary>Where an output is written.</summary>
    public string Output(Artifact artifact) => Output(artifact.Path);

    /// <summary>Where an output is written.</summary>
    public string Output(string path) => Path.Combine(Outputs, path);

    /// <summary>Where the lineage text stands while the step reads it.</summary>
    public string Lineage(Artifact artifact) => Path.Combine(Root, "lineage", artifact.Path);

    /// <summary>Where a folder goes that stands in the way of a new output.</summary>
    public string Replaced(string path) => Path.Combine(Root, "old", path);

    /// <summary>Whether that output is (still) in here.</summary>
    public bool Has(string path) => Path.Exists(Output(path));

    /// <summary>Removes the folder and whatever is left in it.</summary>
    public void Delete()
    {
        if (Directory.Exists(Root)) Directory.Delete(Root, recursive: true);
    }
}
