using System.Globalization;
using TauPipeline.Foundation;
using TauPipeline.RootIO;

namespace TauPipeline.Host;

/// <summary>Looks into ROOT files: every key, of trees and RNTuples every branch, of histograms their bins.</summary>
internal sealed class RootInspector : IFileInspector
{
    public bool Knows(ReadOnlySpan<byte> head) => head.StartsWith("root"u8);

    public long? Entries(string file)
    {
        using RootFile root = RootFile.Open(file);
        long[] entries =
        [
            .. root.Trees.Select(tree => root.Tree(tree.Path).Entries),
            .. root.Keys.Where(key => key.IsNTuple).Select(key => root.NTuple(key.Path).Entries),
        ];
        return entries.Length == 0 ? null : entries.Max();
    }

    public IEnumerable<InspectedObject> Look(InspectRequest request)
    {
        using RootFile root = RootFile.Open(request.File);
        if (root.Warning is { } warning) request.Warn(warning);
        if (root.Keys.Count == 0) yield return new InspectedObject(Path.GetFileName(request.File), "ROOT file without objects", []);
        foreach (RootKey key in KeysOf(root, request)) yield return Look(root, key, request);
    }

    public IEnumerable<string>? Digests(InspectRequest request) => new RootDigests(request).Lines();

    // One, or all but older cycles of trees.
    private static IEnumerable<RootKey> KeysOf(RootFile root, InspectRequest request) =>
        request.Object is { } path ? [root.Find(path)] : root.Keys.Where(key => !key.IsTree).Concat(root.Trees);

    /// <summary>A path that means this key and no other cycle.</summary>
    public static string Named(RootKey key) => string.Create(CultureInfo.InvariantCulture, $"{key.Path};{key.Cycle}");

    // One damaged object does not hide the others, nor one damaged branch those beside it.
    private static InspectedObject Look(RootFile root, RootKey key, InspectRequest request)
    {
        try
        {
            return key.IsTree ? Look(root.Tree(Named(key)), request) : key.IsNTuple ? Look(root.NTuple(Named(key)), request)
                : new InspectedObject(
                    key.Path,
                    $"{key.ClassName}, cycle {key.Cycle}, {key.StoredBytes} of {key.ObjectBytes} bytes{ShapeOf(root, key)}",
                    []);
        }
        catch (StepFailed failed)
        {
            if (key.IsTree || key.IsNTuple) request.Refuse(failed.Text);
            return new InspectedObject(key.Path, $"{key.ClassName}, {failed.Text.Title}", []);
        }
    }

    private static InspectedObject Look(RootTree tree, InspectRequest request) =>
        new(
            tree.Path,
            $"TTree, {tree.Entries} entries, {tree.Branches.Count} branches{string.Concat(tree.Friends.Select(FriendText))}",
        [.. tree.Branches.Where(branch => request.Wants(branch.Name)).Select(branch => new InspectedColumn(branch.Name, branch.TypeName,
            branch.WhyNotRead ?? (request.Values ? Short(() => BranchDigest.Of(tree, branch, request.Cancellation)) : null))
        {
            Stored = StoredOf(branch),
        }),
]);

    private static InspectedObject Look(RNTuple tuple, InspectRequest request) =>
        new(
            tuple.Path,
            $"RNTuple {tuple.FormatVersion}, {tuple.Entries} entries, {tuple.Clusters} clusters, {tuple.Columns.Count} columns, written by {tuple.Writer}",
            [
                .. tuple.Columns.Where(column => request.Wants(column.Name))
                    .Select(column => new InspectedColumn(
                        column.Name,
                        column.Shape?.TypeName ?? column.TypeName,
                column.WhyNotRead ?? (request.Values ? Short(() => tuple.Digest(column, request.Cancellation)) : null))
            {
                Stored = StoredOf(tuple, column),
            }),
    ]);

    private static string FriendText(RootFriend friend) =>
        $", friend {friend.Alias} = {(friend.File.Length > 0 ? friend.File + ":" : "")}{friend.Tree}";

    private static StoredForm StoredOf(RootBranch branch) =>
        new(branch.Baskets, branch.Baskets > 0 ? Codec(branch) : "nothing", branch.CompressedBytes, branch.UncompressedBytes);

    private static string Codec(RootBranch branch)
    {
        try { return branch.FirstCodecName(); }
        catch (StepFailed failed) { return failed.Text.Title; }
    }

    private static StoredForm StoredOf(RNTuple tuple, RNTupleColumn column)
    {
        string form = column.Encodings.Count == 0 ? "not read" : string.Join(" or ", column.Encodings);
        try
        {
            (long bytes, long unpacked) = tuple.SizeOf(column);
            return new StoredForm(0, form, bytes, unpacked);
        }
        catch (StepFailed failed) { return new StoredForm(0, $"{form}, {failed.Text.Title}", 0, 0); }
    }

    private static string Short(Func<BranchDigest> read)
    {
        try
        {
            BranchDigest values = read();
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{values.Count} values, sum {values.Sum}: {string.Join(", ", values.First)} ... {string.Join(", ", values.Last)}");
        }
        catch (StepFailed failed) { return failed.Text.Title; }
    }

    private static string ShapeOf(RootFile root, RootKey key)
    {
        try
        {
            return key.IsHistogram ? $", {string.Join(" x ", root.Histogram(Named(key)).Axes.Select(axis => axis.Bins))} bins"
                : key.IsGraph ? $", {root.Graph(Named(key)).X.Length} points" : "";
        }
        catch (StepFailed failed) { return $", {failed.Text.Title}"; }
    }
}
