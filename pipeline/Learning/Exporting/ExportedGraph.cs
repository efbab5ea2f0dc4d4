using TauPipeline.Onnx;

namespace TauPipeline.Learning;

/// <summary>One of the graphs that a network is exported as.</summary>
public sealed class ExportedGraph
{
    private readonly OnnxGraph _graph;

    internal ExportedGraph(OnnxGraph graph) => _graph = graph;

    /// <summary>The set of ONNX operators that graphs are written in.</summary>
    public const int Opset = OnnxGraph.Opset;

    /// <summary>The graph of the whole network.</summary>
    public const string Whole = "model";

    /// <summary>The output of the whole network, and of its core: (rows, classes).</summary>
    public const string Probabilities = "probabilities";

    /// <summary>The graph of what is left of a network whose cells are worked out by graphs of their own.</summary>
    public const string Core = "core";

    /// <summary>Its name, which is that of its file.</summary>
    public string Name => _graph.Name;

    /// <summary>Names of its inputs, in order.</summary>
    public IReadOnlyList<string> Inputs => _graph.Inputs;

    /// <summary>Names of its outputs, in order.</summary>
    public IReadOnlyList<string> Outputs => _graph.Outputs;

    /// <summary>What a graph of cells gives for a cell with nothing in it; empty for other graphs.</summary>
    public IReadOnlyList<float> EmptyCell { get; init; } = [];

    /// <summary>The model file, with these texts beside the graph; the same graph and texts give the same bytes.</summary>
    public byte[] ToBytes(IReadOnlyDictionary<string, string> texts) => _graph.ToBytes(texts);
}
