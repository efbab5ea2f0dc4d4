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
        Branches = BranchListing.Of(this, record, records, infos);
        // Names may repeat inside a tree; the first is found by name, all are in the list.
        foreach (RootBranch branch in Branches) _byName.TryAdd(branch.Name, branch);
    }

    /// <summary>The tree's name without its directories.</summary>
    public string Name => _key.Key.Name;

    /// <summary>The tree's name with its directories.</summary>
    public string Path => _key.Path;

    /// <summary>The tree's title.</summary>
    public string Title { get; }

    /// <summary>Number of entries.</summary>
    public long Entries { get; }

    /// <summary>All branches in the order of the file, those that cannot be read too.</summary>
    public IReadOnlyList<RootBranch> Branches { get; }

    /// <summary>The branch of that name, or null.</summary>
    public RootBranch? FindBranch(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The branch of that name.</summary>
    /// <exception cref="StepFailed">There is none; names the nearest.</exception>
    public RootBranch Branch(string name) => FindBranch(name) ?? throw RootErrors.NoBranch(_records.At(_key.Key.Offset, Path), name, _byName.Keys);

    /// <summary>The branch of that name, which must be read into columns of that type.</summary>
    /// <exception cref="StepFailed">There is none, or it has another type; names both.</exception>
    public RootBranch Branch(string name, ColumnType type, bool isJagged)
    {
        RootBranch branch = Branch(name);
        if (branch.ColumnSpec is { } spec && spec.Type == type && spec.IsJagged == isJagged) return branch;
        throw RootErrors.OtherType(_records.At(_key.Key.Offset, branch.FullPath), ColumnTypes.Name(type) + (isJagged ? "[]" : ""), branch.TypeName);
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
    public IEnumerable<Batch> Read(IReadOnlyList<string> branches, long firstEntry, long lastEntry, int batchRows, CancellationToken cancellation = default) =>
        Read([.. branches.Select(Branch)], firstEntry, lastEntry, batchRows, cancellation);

    /// <inheritdoc cref="Read(IReadOnlyList{string}, long, long, int, CancellationToken)"/>
    public IEnumerable<Batch> Read(IReadOnlyList<RootBranch> branches, long firstEntry, long lastEntry, int batchRows, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchRows);
        // A branch filled on its own may have more entries than its tree says.
        long entries = Math.Max(Entries, branches.Select(branch => branch.Entries).DefaultIfEmpty(0).Min());
        if (firstEntry < 0 || lastEntry < firstEntry || lastEntry > entries) throw RootErrors.NoSuchEntries(_records.At(_key.Key.Offset, Path), firstEntry, lastEntry - 1, entries);
        IColumnReader[] readers = [.. branches.Select(branch => ColumnReaders.Of(branch, _records))];
        return Batches(readers, firstEntry, lastEntry, batchRows, cancellation);
    }

    private static IEnumerable<Batch> Batches(IColumnReader[] readers, long first, long last, int batchRows, CancellationToken cancellation)
    {
        for (long entry = first; entry < last; entry += batchRows)
        {
            cancellation.ThrowIfCancellationRequested();
            int rows = (int)Math.Min(batchRows, last - entry);
            yield return new Batch(readers.Select(reader => reader.Read(entry, rows)), rows);
        }
    }
}
