using System.Text;
using TauPipeline.Hdf5IO.Native;

namespace TauPipeline.Hdf5IO;

/// <summary>Walks a file.</summary>
internal static class Hdf5Listing
{
    // Hard links may form circles; no file of ours or of an experiment is nearly as deep.
    private const int MostDepth = 32;

    public static IEnumerable<Hdf5Object> Below(Hdf5File file, Hdf5Id root, Hdf5Place at, int depth = 0)
    {
        long opened = H5.H5Oopen(root, at.Object, 0);
        if (opened < 0)
        {
            _ = Hdf5ErrorStack.Take();
            yield return new Hdf5Object(at.Object, "broken link");
            yield break;
        }
        using var id = new Hdf5Id(opened);
        // H5I_type_t
        string kind = H5.H5Iget_type(id) switch { 2 => "group", 5 => "dataset", _ => "type" };
        yield return Describe(file, at.Object, kind);
        if (kind != "group" || depth == MostDepth) yield break;
        foreach (string name in Links(id, at))
            foreach (Hdf5Object below in Below(file, root, at.At(at.Object.TrimEnd('/') + "/" + name), depth + 1)) yield return below;
    }

    public static string[] Links(Hdf5Id group, Hdf5Place at)
    {
        at.Check(H5.H5Gget_info(group, out H5.GroupInfo info));
        var names = new List<string>();
        for (ulong i = 0; i < info.Links; i++)
        {
            ulong n = i;
            names.Add(Name((text, size) => H5.H5Lget_name_by_idx(group, ".", 0, 0, n, text, size, 0), at));
        }
        return [.. names.Order(StringComparer.Ordinal)];
    }

    /// <summary>A name from a function that tells its length and fills a buffer.</summary>
    public static string Name(NameCall call, Hdf5Place at)
    {
        byte[] text = new byte[at.Check(call([], 0)) + 1];
        at.Check(call(text, text.Length));
        return Encoding.UTF8.GetString(text, 0, text.Length - 1);
    }

    public delegate nint NameCall(Span<byte> text, nint size);

    private static Hdf5Object Describe(Hdf5File file, string path, string kind)
    {
        var found = new Hdf5Object(path, kind) { Attributes = kind == "type" ? [] : file.Attributes(path).Describe() };
        if (kind != "dataset") return found;
        using Hdf5Dataset dataset = file.Dataset(path);
        return found with { Shape = dataset.Shape, Type = dataset.Type, Chunk = dataset.Chunk, Filters = dataset.Filters };
    }
}
