using PureHDF;
using PureHDF.VOL.Native;

namespace TauPipeline.Hdf5IO;

/// <summary>
/// Finds objects by path, a name at a time. PureHDF reads all names of a group again for each object in it, and follows links that name
/// each other until the stack is full; here a group is read once, and each name is looked at before PureHDF is asked for it.
/// </summary>
internal sealed class LinkPaths(NativeFile root)
{
    private const int MostLinks = 100;

    private readonly Dictionary<string, Known> _known = new(StringComparer.Ordinal);

    /// <summary>The object at a path from the root, or <see langword="null"/>.</summary>
    /// <exception cref="InvalidDataException">The path, or the links on it, lead in a circle.</exception>
    public IH5Object? Find(string path)
    {
        int links = 0;
        return path == "/" ? root : Follow(root, "", path, ref links);
    }

    /// <summary>Throws if a link of a group leads in a circle.</summary>
    /// <exception cref="InvalidDataException">It does.</exception>
    public void CheckAll(NativeGroup group, string at)
    {
        foreach (string path in Unstated.SoftLinks(group).Values)
        {
            int links = 0;
            Follow(group, at.TrimEnd('/'), path, ref links);
        }
    }

    // 'at' is the path of 'from' without a slash at its end.
    private IH5Object? Follow(NativeGroup from, string at, string path, ref int links)
    {
        if (path.StartsWith('/')) (from, at, path) = (root, "", path[1..]);
        IH5Object? found = from;
        foreach (string name in path.Split('/'))
        {
            if (found is not NativeGroup unread) return null;
            (NativeGroup group, IReadOnlyDictionary<string, string> targets) = First(unread, at);
            if (targets.TryGetValue(name, out string? target))
            {
                if (++links > MostLinks) throw new InvalidDataException("links that lead in a circle");
                Follow(group, at, target, ref links);
            }
            at = $"{at}/{name}";
            found = _known.TryGetValue(at, out Known before) ? before.Group : group.LinkExists(name) ? group.Get(name) : null;
        }
        return found;
    }

    // The first object that stood for a group: it keeps what it has read.
    private Known First(NativeGroup group, string at)
    {
        if (!_known.TryGetValue(at, out Known known)) _known.Add(at, known = new Known(group, Unstated.SoftLinks(group)));
        return known;
    }

    private readonly record struct Known(NativeGroup Group, IReadOnlyDictionary<string, string> Links);
}
