using TauPipeline.Configuration;

namespace TauPipeline.Import;

/// <summary>The files that a campaign is made from, and where it will stand.</summary>
/// <param name="Files">The files, in the order in which the user named them.</param>
/// <param name="Campaign">Name of the campaign.</param>
/// <param name="Folder">The folder of the campaign's file, absolute.</param>
/// <param name="Here">The folder that the user is in.</param>
public sealed record ImportSource(IReadOnlyList<ForeignFile> Files, string Campaign, string Folder, string Here)
{
    /// <summary>The first file.</summary>
    public ForeignFile First => Files[0];

    /// <summary>The maps at the top of those files that are YAML or JSON.</summary>
    public IEnumerable<ForeignNode> Roots => Files.Select(file => file.Root).OfType<ForeignNode>();

    /// <summary>
    /// A file that was read, as the campaign may name it: from its folder, unless it is given in full and lies elsewhere.
    /// </summary>
    public string PathOf(string file)
    {
        string seen = Path.GetRelativePath(Folder, Path.GetFullPath(Path.Combine(Here, file)));
        return Path.IsPathRooted(file) && seen.StartsWith("..", StringComparison.Ordinal) ? file : seen;
    }

    /// <summary>
    /// A path of the configuration as the campaign may name it: as it is where it is absolute or begins with a variable, else as it is
    /// seen from the campaign's folder. A relative one is looked for from here, then from the configuration's folder and the one above.
    /// </summary>
    /// <param name="path">As the configuration has it; the last parts may be patterns.</param>
    /// <param name="isThere">Whether the folder that it lies in was found.</param>
    public string PathFromCampaign(string path, out bool isThere)
    {
        isThere = true;
        if (Path.IsPathRooted(path) || path.StartsWith('$') || path.Contains("://", StringComparison.Ordinal)) return path;
        string own = Path.GetDirectoryName(Path.GetFullPath(First.Path))!;
        foreach (string folder in new[] { Here, own, Path.GetDirectoryName(own) ?? own })
            if (Directory.Exists(Path.GetDirectoryName(Path.Combine(folder, path))))
                return Path.GetRelativePath(Folder, Path.Combine(folder, path));
        isThere = false;
        return path;
    }
}
