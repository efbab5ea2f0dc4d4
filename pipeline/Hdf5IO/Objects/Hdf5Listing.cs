using PureHDF;
using PureHDF.VOL.Native;

namespace TauPipeline.Hdf5IO;

/// <summary>Walks a file.</summary>
/// <param name="paths">The file.</param>
/// <param name="bytes">Its bytes, which count anew for each object that is looked at.</param>
internal sealed class Hdf5Listing(LinkPaths paths, GuardedBytes bytes)
{
    // Hard links may form circles, and of those two in one group make ever more objects; no file of ours or of an experiment is nearly as
    // large or as deep.
    private const int MostDepth = 64, MostObjects = 100_000;

    private int _objects;

    /// <summary>An object and all below it.</summary>
    public IEnumerable<Hdf5Object> Below(IH5Object found, Hdf5Place at, int depth = 0)
    {
        if (++_objects > MostObjects) throw Hdf5Errors.TooMany(at, MostObjects);
        bytes.Renew();
        yield return Describe(found, at);
        if (found is not IH5Group group) yield break;
        if (depth == MostDepth) throw Hdf5Errors.TooDeep(at, MostDepth);
        foreach (IH5Object child in Children(paths, group, at))
            foreach (Hdf5Object below in Below(child, at.At(at.Object.TrimEnd('/') + "/" + child.Name), depth + 1)) yield return below;
    }

    /// <summary>What is in a group, by name.</summary>
    public static IH5Object[] Children(LinkPaths paths, IH5Group group, Hdf5Place at) => at.Do<IH5Object[]>(() =>
    {
        if (group is NativeGroup native) paths.CheckAll(native, at.Object);
        return [.. group.Children().OrderBy(child => child.Name, StringComparer.Ordinal)];
    });

    private Hdf5Object Describe(IH5Object found, Hdf5Place at)
    {
        string kind = found switch { IH5UnresolvedLink => "broken link", IH5Group => "group", IH5Dataset => "dataset", _ => "type" };
        if (kind is "broken link" or "type") return new Hdf5Object(at.Object, kind);
        var described = new Hdf5Object(at.Object, kind) { Attributes = new Hdf5Attributes(at, () => found).Describe() };
        if (found is not NativeDataset native) return described;
        using var dataset = new Hdf5Dataset(native, at, bytes);
        return described with { Shape = dataset.Shape, Type = dataset.Type, Chunk = dataset.Chunk, Filters = dataset.Filters };
    }
}
