using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.RootIO;

namespace TauPipeline.Formats;

/// <summary>A raw ROOT file as batches of columns.</summary>
public sealed class RawTuple : IProductReader<RawTuple>
{
    private readonly RootFile _file;

    private readonly Dictionary<string, RootTree> _trees = new(StringComparer.Ordinal);

    private RawTuple(RootFile file) => _file = file;

    /// <inheritdoc/>
    public static RawTuple Open(ProductInput from) => new(RootFile.Open(from.Path));

    /// <summary>The file as it was named.</summary>
    public string File => _file.Path;

    /// <summary>The branch of that name, or <see langword="null"/>.</summary>
    public RawBranch? Find(string tree, string branch) => Tree(tree).FindBranch(branch) is { } found ? new RawBranch(found.TypeName, found.IsText ? null : found.ColumnSpec) : null;

    /// <summary>The branches of a tree that can be columns.</summary>
    public Schema Schema(string tree) => new(Tree(tree).Branches.Select(branch => branch.ColumnSpec).OfType<ColumnSpec>().DistinctBy(column => column.Name));

    /// <summary>Entries of a tree.</summary>
    public long Entries(string tree) => Tree(tree).Entries;

    /// <summary>The first <paramref name="entries"/> of a tree in batches of <paramref name="rows"/>.</summary>
    public IEnumerable<Batch> Batches(string tree, IReadOnlyList<string> branches, long entries, int rows, CancellationToken cancellation) =>
        Tree(tree).Read(branches, 0, entries, rows, cancellation);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private RootTree Tree(string name) => _trees.TryGetValue(name, out RootTree? known) ? known : _trees[name] = _file.Tree(name);
}

/// <summary>What a branch of a raw file holds.</summary>
/// <param name="TypeName">Its type in words: <c>float32[]</c>, <c>text</c>, or the C++ name of a collection.</param>
/// <param name="Numbers">The column that its values are; <see langword="null"/> if they are texts, or what no column holds.</param>
public sealed record RawBranch(string TypeName, ColumnSpec? Numbers);
