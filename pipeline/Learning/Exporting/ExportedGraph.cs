using TauPipeline.Onnx;

namespace TauPipeline.Learning;

/// <summary>One of the graphs that a network is exported as.</summary>
/// <param name="Graph">The graph, whose name is that of its file.</param>
public sealed record ExportedGraph(OnnxGraph Graph)
{
    /// <summary>The graph of the whole network.</summary>
    public const string Whole = "model";

    /// <summary>The output of the whole network, and of its core: (rows, classes).</summary>
    public const string Probabilities = "probabilities";

    /// <summary>The graph of what is left of a network whose cells are worked out by graphs of their own.</summary>
    public const string Core = "core";

    /// <summary>What a graph of cells gives for a cell with nothing in it; empty for other graphs.</summary>
    public IReadOnlyList<float> EmptyCell { get; init; } = [];
}
