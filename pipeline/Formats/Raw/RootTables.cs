using TauPipeline.Columns;
using TauPipeline.RootIO;

namespace TauPipeline.Formats;

/// <summary>The trees and RNTuples of a ROOT file; of several versions of one the newest.</summary>
internal sealed class RootTables(string path) : IRawTables
{
    /// <summary>Events of NanoAOD, and candidates of a TauTuple, have some thousand values each.</summary>
    public const int CachedRows = 256;

    private readonly RootFile _file = RootFile.Open(path);

    public string File => _file.Path;

    public string? Warning => _file.Warning;

    public IEnumerable<string> Names => Tables.Select(key => key.Path).Distinct(StringComparer.Ordinal);

    public IRawTable? Find(string name) => Tables.Where(key => key.Path == name).MaxBy(key => key.Cycle) switch
    {
        null => null,
        { IsTree: true } => new RootTreeTable(_file.Tree(name)),
        _ => new NTupleTable(_file.NTuple(name)),
    };

    public void Dispose() => _file.Dispose();

    public static RootReadOptions Options(RawSelection what, long rows, CancellationToken cancellation) => new()
    {
        FirstEntry = what.First,
        LastEntry = what.End ?? rows,
        BatchEntries = what.BatchRows,
        ReuseMemory = what.ReuseMemory,
        Parallelism = what.Threads,
        Cancellation = cancellation,
    };

    private IEnumerable<RootKey> Tables => _file.Keys.Where(key => key.IsTree || key.IsNTuple);
}

/// <summary>A tree: a column is a branch, or a leaf of several.</summary>
internal sealed class RootTreeTable(RootTree tree) : IRawTable
{
    public RawTableName Name { get; } = new(tree.File, "tree", tree.Path, "branch");

    public long Rows => tree.Entries;

    public int CachedRows => RootTables.CachedRows;

    // Names may repeat inside a tree; by name the first is found.
    public Schema Schema { get; } =
        new(tree.Branches.Select(branch => branch.ColumnSpec).OfType<ColumnSpec>().DistinctBy(column => column.Name));

    public RawColumn? Find(string column) =>
        tree.FindBranch(column) is { } found ? new RawColumn(found.TypeName, found.IsText ? null : found.ColumnSpec) : null;

    public IEnumerable<Batch> Read(RawSelection what, CancellationToken cancellation) =>
        tree.Read([.. what.Columns.Select(tree.Branch)], RootTables.Options(what, Rows, cancellation));
}

/// <summary>An RNTuple: a column is a field that holds values, named as in the tree it may have been made of.</summary>
internal sealed class NTupleTable(RNTuple tuple) : IRawTable
{
    public RawTableName Name { get; } = new(tuple.File, "RNTuple", tuple.Path, "field");

    public long Rows => tuple.Entries;

    public int CachedRows => RootTables.CachedRows;

    public Schema Schema { get; } =
        new(tuple.Columns.Select(column => column.Shape?.ColumnSpec).OfType<ColumnSpec>().DistinctBy(column => column.Name));

    public RawColumn? Find(string column) => tuple.FindColumn(column) switch
    {
        null => null,
        { Shape: { IsText: false } shape } => new RawColumn(shape.TypeName, shape.ColumnSpec),
        var other => new RawColumn(other.Shape?.TypeName ?? other.TypeName, null),
    };

    public IEnumerable<Batch> Read(RawSelection what, CancellationToken cancellation) =>
        tuple.Read(what.Columns, RootTables.Options(what, Rows, cancellation)).Select(batch => batch.ToBatch());
}
