using PureHDF.VOL.Native;

namespace TauPipeline.Hdf5IO;

/// <summary>
/// Whether paths end: PureHDF follows links that name each other until the stack is full, and in groups of the newest format reads
/// nothing meanwhile.
/// </summary>
internal static class LinkPaths
{
    private const int MostLinks = 100;

    /// <summary>Throws if a path, or the links on it, leads in a circle.</summary>
    /// <exception cref="InvalidDataException">It does.</exception>
    public static void Check(NativeFile root, NativeGroup from, string path)
    {
        int links = 0;
        Follow(root, from, path, ref links);
    }

    /// <summary>Throws if a link of a group leads in a circle.</summary>
    /// <exception cref="InvalidDataException">It does.</exception>
    public static void CheckAll(NativeFile root, NativeGroup group)
    {
        foreach (string path in Unstated.SoftLinks(group).Values) Check(root, group, path);
    }

    // As PureHDF goes, a name at a time, and each name looked at before it is asked to.
    private static void Follow(NativeFile root, NativeGroup from, string path, ref int links)
    {
        NativeGroup? group = path.StartsWith('/') ? root : from;
        foreach (string name in path.StartsWith('/') ? path[1..].Split('/') : path.Split('/'))
        {
            if (group is null) return;
            if (Unstated.SoftLinks(group).TryGetValue(name, out string? target))
            {
                if (++links > MostLinks) throw new InvalidDataException("links that lead in a circle");
                Follow(root, group, target, ref links);
            }
            group = group.LinkExists(name) ? group.Get(name) as NativeGroup : null;
        }
    }
}
