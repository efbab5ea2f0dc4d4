using System.Globalization;
using TauPipeline.RootIO;

namespace TauPipeline.Host;

/// <summary>Looks into ROOT files: every key, and of the trees every branch.</summary>
internal sealed class RootInspector : IFileInspector
{
    public bool Knows(ReadOnlySpan<byte> head) => head.StartsWith("root"u8);

    public long? Entries(string file)
    {
        using RootFile root = RootFile.Open(file);
        long[] entries = [.. root.Trees.Select(tree => root.Tree(tree.Path).Entries)];
        return entries.Length == 0 ? null : entries.Max();
    }

    public IEnumerable<InspectedObject> Look(InspectRequest request)
    {
        using RootFile root = RootFile.Open(request.File);
        IEnumerable<RootKey> keys = request.Object is { } path ? [root.Find(path)] : root.Keys.Where(key => !key.IsTree).Concat(root.Trees);
        foreach (RootKey key in keys)
            yield return key.IsTree ? Look(root.Tree(key.Path), request) : new InspectedObject(key.Path, $"{key.ClassName}, cycle {key.Cycle}, {key.ObjectBytes} bytes", []);
    }

    private static InspectedObject Look(RootTree tree, InspectRequest request) => new(tree.Path, $"TTree, {tree.Entries} entries, {tree.Branches.Count} branches",
        [.. tree.Branches.Where(branch => request.Wants(branch.Name)).Select(branch =>
            new InspectedColumn(branch.Name, branch.TypeName, branch.WhyNotRead ?? (request.Values ? Short(BranchValues.Of(tree, branch)) : null)))]);

    private static string Short(BranchValues values) => string.Create(CultureInfo.InvariantCulture,
        $"{values.Count} values, sum {values.Sum}: {string.Join(", ", values.First)} ... {string.Join(", ", values.Last)}");
}
