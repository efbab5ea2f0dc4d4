using TauPipeline.Foundation;

namespace TauPipeline.RootIO;

/// <summary>
/// The same tree of many files, read one file after the other as one long tree (guide section 3.6). One file is open at a
/// time, so memory and handles do not grow with their number.
/// </summary>
public sealed class RootChain
{
    private readonly string[] _files;

    /// <summary>A chain of the tree of that path in these files, in this order. Nothing is opened yet.</summary>
    /// <exception cref="Misuse">There are no files.</exception>
    public RootChain(string tree, IEnumerable<string> files)
    {
        (Tree, _files) = (tree, [.. files]);
        if (_files.Length == 0) throw new Misuse($"a chain of '{tree}' needs at least one file");
    }

    /// <summary>The tree's path in each file.</summary>
    public string Tree { get; }

    /// <summary>The files in order.</summary>
    public IReadOnlyList<string> Files => _files;

    /// <summary>Entries of all files together; opens each.</summary>
    /// <exception cref="StepFailed">A file cannot be opened, or has no such tree.</exception>
    public long CountEntries(CancellationToken cancellation = default)
    {
        long entries = 0;
        foreach (string path in _files)
        {
            cancellation.ThrowIfCancellationRequested();
            using RootFile file = RootFile.Open(path);
            entries = checked(entries + file.Tree(Tree).Entries);
        }
        return entries;
    }

    /// <summary>
    /// Entries of these branches over all files; options count entries over the chain. A batch never spans two files, and
    /// a file is closed before the next is opened. Files after the last entry are not opened.
    /// </summary>
    /// <exception cref="StepFailed">
    /// A file cannot be opened, has no such tree or branch, or a branch is of another type than in the first file; or the chain
    /// ends before the last entry asked for.
    /// </exception>
    public IEnumerable<RootBatch> ReadColumns(IReadOnlyList<string> branches, RootReadOptions? options = null)
    {
        options ??= RootReadOptions.All;
        if (options.FirstEntry < 0 || options.LastEntry < options.FirstEntry)
            throw new Misuse($"a chain has no entries {options.FirstEntry} to {options.LastEntry - 1}");
        return Read([.. branches], options);
    }

    private IEnumerable<RootBatch> Read(string[] branches, RootReadOptions options)
    {
        RootColumnShape[]? shapes = null;
        long before = 0, last = options.LastEntry ?? long.MaxValue;
        foreach (string path in _files)
        {
            if (before >= last) yield break;
            options.Cancellation.ThrowIfCancellationRequested();
            using RootFile file = RootFile.Open(path);
            RootTree tree = file.Tree(Tree);
            RootBranch[] found = [.. branches.Select(tree.Branch)];
            shapes = Agreed(shapes, tree, found);
            long first = Math.Clamp(options.FirstEntry - before, 0, tree.Entries), end = Math.Min(tree.Entries, last - before);
            if (first < end)
                foreach (
                    RootBatch batch in tree.ReadColumns(
                        found,
                        options with
                        {
                            FirstEntry = first,
                            LastEntry = end,
                            Progress = Shifted(options.Progress, before + first - options.FirstEntry),
                        }))
                    yield return batch with { FirstEntry = before + batch.FirstEntry };
            before += tree.Entries;
        }
        if (options.LastEntry > before || options.FirstEntry > before)
            throw RootErrors.NoSuchEntries(new Place(_files[^1], 0, Tree), options.FirstEntry, last - 1, before);
    }

    private static RootColumnShape[] Agreed(RootColumnShape[]? expected, RootTree tree, RootBranch[] found)
    {
        var shapes = new RootColumnShape[found.Length];
        for (int i = 0; i < found.Length; i++)
        {
            shapes[i] = found[i].Shape ?? throw RootErrors.NotRead(tree.PlaceOf(found[i]), found[i].TypeName, found[i].WhyNotRead!);
            if (expected is not null && shapes[i].TypeName != expected[i].TypeName)
                throw RootErrors.OtherType(tree.PlaceOf(found[i]), expected[i].TypeName, shapes[i].TypeName);
        }
        return shapes;
    }

    private static ShiftedProgress? Shifted(IProgress<long>? progress, long before) =>
        progress is null ? null : new ShiftedProgress(progress, before);

    private sealed class ShiftedProgress(IProgress<long> progress, long before) : IProgress<long>
    {
        public void Report(long value) => progress.Report(before + value);
    }
}
