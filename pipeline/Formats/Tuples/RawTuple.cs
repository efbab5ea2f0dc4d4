using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.RootIO;

namespace TauPipeline.Formats;

/// <summary>A raw ROOT file as batches of columns.</summary>
public sealed class RawTuple : IProductReader<RawTuple>
{
    private readonly RootFile _file;

    private RawTuple(RootFile file) => _file = file;

    /// <inheritdoc/>
    public static RawTuple Open(ProductInput from) => new(RootFile.Open(from.Path));

    /// <summary>The branches of a tree that can be columns.</summary>
    public Schema Schema(string tree) => new(_file.Tree(tree).Branches.Select(branch => branch.ColumnSpec).OfType<ColumnSpec>().DistinctBy(column => column.Name));

    /// <summary>Entries of a tree.</summary>
    public long Entries(string tree) => _file.Tree(tree).Entries;

    /// <summary>The first <paramref name="entries"/> of a tree in batches of <paramref name="rows"/>.</summary>
    public IEnumerable<Batch> Batches(string tree, IReadOnlyList<string> branches, long entries, int rows, CancellationToken cancellation) =>
        _file.Tree(tree).Read(branches, 0, entries, rows, cancellation);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
