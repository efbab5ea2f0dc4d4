using TauPipeline.Foundation;
using TauPipeline.RootIO;

namespace TauPipeline.Host;

/// <summary>
/// All values of a ROOT file in short: a JSON line a tree, a branch, a histogram and any other object, in the form in which the values
/// that other readers find are kept (guide section 11). What is not read, or is damaged, has a line that says why.
/// </summary>
internal sealed class RootDigests(InspectRequest request)
{
    private readonly string _file = Path.GetFileName(request.File);

    public IEnumerable<string> Lines()
    {
        using RootFile root = RootFile.Open(request.File);
        if (root.Warning is { } warning) request.Warn(warning);
        // Every cycle has its lines, as other readers list them.
        foreach (RootKey key in request.Object is { } path ? [root.Find(path)] : root.Keys)
        {
            IEnumerable<string> lines;
            try { lines = Of(root, key, RootInspector.Named(key)); }
            catch (StepFailed failed)
            {
                if (key.IsTree || key.IsNTuple) request.Refuse(failed.Text);
                lines = [Failed(key, failed)];
            }
            foreach (string line in lines) yield return line;
        }
    }

    // The description of a tree or an RNTuple is read here, its values as one goes along.
    private IEnumerable<string> Of(RootFile root, RootKey key, string path) =>
        key.IsTree ? Tree(root, root.Tree(path), path) : key.IsNTuple ? NTuple(root, root.NTuple(path), path) : [Object(root, key, path)];

    private IEnumerable<string> Tree(RootFile root, RootTree tree, string path)
    {
        yield return Head(path, tree.Entries, tree.StoredBranches, root);
        foreach (RootBranch branch in tree.Branches.Where(branch => request.Wants(branch.Name)))
            yield return branch.WhyNotRead is { } reason ? Unread(path, branch.BranchPath, branch.TypeName, reason)
                : Try(
                    () => BranchDigest.Of(tree, branch, request.Cancellation).ToJson(),
                    failed => Failed(path, branch.BranchPath, branch.TypeName, failed));
    }

    private IEnumerable<string> NTuple(RootFile root, RNTuple tuple, string path)
    {
        yield return Head(path, tuple.Entries, tuple.Columns.Count, root);
        foreach (RNTupleColumn column in tuple.Columns.Where(column => request.Wants(column.Name)))
            yield return column.WhyNotRead is { } reason ? Unread(path, column.Name, column.TypeName, reason)
                : Try(
                    () => tuple.Digest(column, request.Cancellation).ToJson(),
                    failed => Failed(path, column.Name, column.TypeName, failed));
    }

    private string Object(RootFile root, RootKey key, string path)
    {
        JsonLine Plain(JsonLine line) => line.Write("file", _file).Write("object", path).Write("cls", key.ClassName);
        // A profile's content is no count: it is listed, as other readers list it.
        return key.IsHistogram && !key.ClassName.StartsWith("TProfile", StringComparison.Ordinal)
            ? Try(
                () => HistogramDigest.ToJson(root.Histogram(path), _file, path),
                failed => JsonLine.Of(line => Plain(line).Write("error", failed.Text.Title)))
            : JsonLine.Of(line => Plain(line));
    }

    private string Head(string path, long entries, long branches, RootFile root) =>
        JsonLine.Of(line =>
            line.Write("file", _file)
                .Write("tree", path)
                .Write("entries", entries)
                .Write("nbranches", branches)
                .Write("version", root.Version)
                .Write("compress", root.Compression));

    private string Unread(string path, string branch, string type, string reason) =>
        JsonLine.Of(line =>
            line.Write("file", _file).Write("tree", path).Write("branch", branch).Write("type", type).Write("unread", reason));

    private string Failed(RootKey key, StepFailed failed) =>
        JsonLine.Of(line =>
            line.Write("file", _file).Write("tree", RootInspector.Named(key)).Write("type", key.ClassName).Write("error", failed.Text.Title)
        );

    private string Failed(string path, string branch, string type, StepFailed failed) =>
        JsonLine.Of(line =>
            line.Write("file", _file).Write("tree", path).Write("branch", branch).Write("type", type).Write("error", failed.Text.Title));

    private static string Try(Func<string> read, Func<StepFailed, string> otherwise)
    {
        try { return read(); }
        catch (StepFailed failed) { return otherwise(failed); }
    }
}
