using TauPipeline.Onnx;
using TauPipeline.Physics;
using TauPipeline.Tensors;

namespace TauPipeline.Learning;

/// <summary>A trained <see cref="FlatNetwork"/> as a graph.</summary>
internal static class FlatGraph
{
    /// <summary>The whole network.</summary>
    /// <param name="shape">Its architecture.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="scales">The scaling of each feature, if the graph is to do it.</param>
    public static ExportedGraph Of(FlatNetworkShape shape, TorchFile weights, IReadOnlyList<FeatureScale>? scales)
    {
        var graph = new OnnxGraph(ExportedGraph.Whole);
        var layers = new GraphLayers(graph, weights);
        string at = graph.Input(InputShape.Tau, shape.Features);
        if (scales is not null) at = GraphScaling.Add(graph, at, scales);
        int inputs = shape.Features;
        for (int i = 0; i < shape.Hidden.Count; i++)
        {
            int width = shape.Hidden[i];
            (string?, double) norm = (shape.BatchNorm ? $"norm.{i}" : null, FlatNetworkShape.Epsilon);
            at = layers.Dense(at, $"hidden.{i}", (inputs, width), norm);
            at = layers.Activation(at, $"activation.{i}", shape.Activation, width);
            inputs = width;
        }
        layers.Probabilities(at, "output", inputs, shape.Classes);
        return new(graph);
    }
}
