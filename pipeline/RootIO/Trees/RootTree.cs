using TauPipeline.Columns;
using TauPipeline.Foundation;

namespace TauPipeline.RootIO;

/// <summary>A TTree: its branches, and their entries as batches of columns.</summary>
public sealed class RootTree
{
    private readonly RecordReader _records;
    private readonly RootKey _key;
    private readonly Dictionary<string, RootBranch> _byName = new(StringComparer.Ordinal);

    internal RootTree(RecordReader records, RootKey key, TreeRecord record, Lazy<StreamerInfos> infos)
    {
        (_records, _key) = (records, key);
        (Title, Entries) = (record.Title, record.Entries);
        StoredBranches = Count(record.Branches);
        Friends = [.. record.Friends.Select(friend => new RootFriend(friend.Alias, friend.TreeName, friend.FileName))];
        Branches = BranchListing.Of(this, record, records, infos);
        // Names may repeat inside a tree; the first is found by name, all are in the list.
        foreach (RootBranch branch in Branches) _byName.TryAdd(branch.Name, branch);
    }

    /// <summary>The tree's name without its directories.</summary>
    public string Name => _key.Key.Name;

    /// <summary>The tree's name with its directories.</summary>
    public string Path => _key.Path;

    /// <summary>The file as it was named.</summary>
    public string File => _records.File.Path;

    /// <summary>Which of the trees of that name it is: the highest is the newest.</summary>
    public int Cycle => _key.Cycle;

    /// <summary>The tree's title.</summary>
    public string Title { get; }

    /// <summary>Number of entries.</summary>
    public long Entries { get; }

    /// <summary>All branches in the order of the file, those that cannot be read too.</summary>
    public IReadOnlyList<RootBranch> Branches { get; }

    /// <summary>Trees that go with this one entry by entry, as the file lists them.</summary>
    public IReadOnlyList<RootFriend> Friends { get; }

    /// <summary>Branches as they are stored, those that only hold others too; a branch of several leaves is one.</summary>
    public int StoredBranches { get; }

    /// <summary>The branch of that name, or null.</summary>
    public RootBranch? FindBranch(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The branch of that name.</summary>
    /// <exception cref="StepFailed">There is none; names the nearest.</exception>
    public RootBranch Branch(string name) =>
        FindBranch(name) ?? throw RootErrors.NoBranch(_records.At(_key.Key.Offset, Path), name, _byName.Keys);

    /// <summary>The branch of that name, which must be read into columns of that type.</summary>
    /// <exception cref="StepFailed">There is none, or it has another type; names both.</exception>
    public RootBranch Branch(string name, ColumnType type, bool isJagged)
    {
        RootBranch branch = Branch(name);
        if (branch.ColumnSpec is { } spec && spec.Type == type && spec.IsJagged == isJagged) return branch;
        throw RootErrors.OtherType(
            _records.At(_key.Key.Offset, branch.FullPath),
            ColumnTypes.Name(type) + (isJagged ? "[]" : ""),
            branch.TypeName);
    }

    /// <summary>All entries of these branches.</summary>
    /// <inheritdoc cref="Read(IReadOnlyList{string}, long, long, int, CancellationToken)"/>
    public IEnumerable<Batch> Read(IReadOnlyList<string> branches, int batchRows = 65536, CancellationToken cancellation = default) =>
        Read(branches, 0, Entries, batchRows, cancellation);

    /// <summary>
    /// The entries from <paramref name="firstEntry"/> to before <paramref name="lastEntry"/> of these branches, at most
    /// <paramref name="batchRows"/> a batch. Memory: one unpacked basket a branch and the batch; nothing an entry.
    /// </summary>
    /// <exception cref="StepFailed">A branch is missing, is of a kind that is not read, or is damaged.</exception>
    public IEnumerable<Batch> Read(
        IReadOnlyList<string> branches,
        long firstEntry,
        long lastEntry,
        int batchRows,
        CancellationToken cancellation = default) => Read([.. branches.Select(Branch)], firstEntry, lastEntry, batchRows, cancellation);

    /// <inheritdoc cref="Read(IReadOnlyList{string}, long, long, int, CancellationToken)"/>
    public IEnumerable<Batch> Read(
        IReadOnlyList<RootBranch> branches,
        long firstEntry,
        long lastEntry,
        int batchRows,
        CancellationToken cancellation = default) =>
        Read(
            branches,
            new RootReadOptions
            {
                FirstEntry = firstEntry,
                LastEntry = lastEntry,
                BatchEntries = batchRows,
                Cancellation = cancellation,
            });

    /// <summary>Entries of these branches. Where memory is used again, a batch is valid until the next is asked for.</summary>
    /// <exception cref="StepFailed">A branch is of a kind that is not read, or is damaged; the entries are not in the tree.</exception>
    public IEnumerable<Batch> Read(IReadOnlyList<RootBranch> branches, RootReadOptions options)
    {
        foreach (RootBranch branch in branches)
            if (branch.Shape is { } shape && branch.ColumnSpec is null) throw RootErrors.TooDeep(shape);
        return ReadColumns(branches, options).Select(batch => batch.ToBatch());
    }

    /// <summary>
    /// Entries of these branches as columns with all their levels of offsets. Memory: the batch, and one unpacked basket a branch; with
    /// <see cref="RootReadOptions.Parallelism"/> above 1 up to all baskets of the batch and the next. Nothing an entry.
    /// </summary>
    /// <exception cref="StepFailed">A branch is missing, is of a kind that is not read, or is damaged; the entries are not in the
    /// tree.</exception>
    public IEnumerable<RootBatch> ReadColumns(IReadOnlyList<string> branches, RootReadOptions? options = null) =>
        ReadColumns([.. branches.Select(Branch)], options);

    /// <inheritdoc cref="ReadColumns(IReadOnlyList{string}, RootReadOptions)"/>
    public IEnumerable<RootBatch> ReadColumns(IReadOnlyList<RootBranch> branches, RootReadOptions? options = null)
    {
        options ??= RootReadOptions.All;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.BatchEntries);
        // A branch filled on its own may have more entries than its tree says.
        long entries = Math.Max(Entries, branches.Select(branch => branch.Entries).DefaultIfEmpty(0).Min());
        long last = options.LastEntry ?? (branches.Count == 0 ? 0 : Math.Min(entries, branches.Min(branch => branch.Entries)));
        if (options.FirstEntry < 0 || last < options.FirstEntry || last > entries)
            throw RootErrors.NoSuchEntries(_records.At(_key.Key.Offset, Path), options.FirstEntry, last - 1, entries);
        return new BatchReader(File, [.. branches.Select(branch => ColumnReaders.Of(branch, _records))]).Read(options, last);
    }

    private static int Count(List<BranchRecord> branches) => branches.Sum(branch => 1 + Count(branch.Branches));

    internal Place PlaceOf(RootBranch branch) => _records.At(_key.Key.Offset, branch.FullPath);
}
