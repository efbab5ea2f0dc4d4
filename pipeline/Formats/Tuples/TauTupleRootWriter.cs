using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.RootIO;

namespace TauPipeline.Formats;

/// <summary>Writes a raw ROOT tuple: a tree of candidates with unsplit vectors, as TauTuples have, and the tree <c>summary</c>.</summary>
public sealed class TauTupleRootWriter : IProductWriter<TauTupleRootWriter>
{
    private readonly RootFileWriter _file;
    private RootTreeWriter? _taus;

    private TauTupleRootWriter(RootFileWriter file) => _file = file;

    /// <summary>The libraries that its bytes come from.</summary>
    public static IReadOnlyList<string> Tools => RootCompression.FastZstd.Tools;

    /// <inheritdoc/>
    public static TauTupleRootWriter Create(ProductOutput to) => new(RootFileWriter.Create(to.Path, RootCompression.FastZstd, "tau tuple"));

    /// <summary>Appends candidates; the first batch decides the tree and its branches.</summary>
    public void Append(string tree, Batch candidates)
    {
        _taus ??= _file.Tree(tree, candidates.Schema, new TreeOptions { Layout = TableLayout.Vectors });
        _taus.Append(candidates);
    }

    /// <summary>Adds the summary of the production.</summary>
    public void Complete(Batch summary) => _file.Tree("summary", summary.Schema).Append(summary);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
