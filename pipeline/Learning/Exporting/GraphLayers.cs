using TauPipeline.Onnx;
using TauPipeline.Tensors;

namespace TauPipeline.Learning;

/// <summary>Writes trained layers into a graph, with batch normalisation folded into the layer before it (specification 13.1).</summary>
internal sealed class GraphLayers(OnnxGraph graph, TorchFile weights)
{
    private static readonly Dictionary<string, string> Operations = new()
    {
        ["relu"] = "Relu",
        ["prelu"] = "PRelu",
        ["tanh"] = "Tanh",
        ["selu"] = "Selu",
        ["elu"] = "Elu",
    };

    /// <summary>A dense layer on the last dimension, and the normalisation after it, if there is one.</summary>
    public string Dense(string from, string name, (int Inputs, int Outputs) size, (string? Name, double Epsilon) norm = default)
    {
        float[] weight = FrozenWeights.Values(weights, name + ".weight", size.Outputs, size.Inputs);
        float[] bias = FrozenWeights.Values(weights, name + ".bias", size.Outputs);
        FoldedNorm folded = FoldedNorm.Of(weights, norm.Name, norm.Epsilon, size.Outputs);
        var turned = new float[weight.Length];
        for (int output = 0; output < size.Outputs; output++)
            for (int input = 0; input < size.Inputs; input++)
                turned[input * size.Outputs + output] = (float)(weight[output * size.Inputs + input] * folded.Scale[output]);
        string product = graph.Node(
            "MatMul", name + "/product", [from, graph.Constant(name + ".weight", turned, size.Inputs, size.Outputs)]);
        return graph.Node("Add", name, [product, graph.Constant(name + ".bias", Biases(bias, folded), size.Outputs)]);
    }

    /// <summary>A convolution without padding on (rows, channels, eta, phi), and the normalisation after it.</summary>
    public string Convolution(string from, string name, int channels, GridStep step, (string? Name, double Epsilon) norm)
    {
        float[] weight = FrozenWeights.Values(weights, name + ".weight", step.Filters, channels, step.Window, step.Window);
        float[] bias = FrozenWeights.Values(weights, name + ".bias", step.Filters);
        FoldedNorm folded = FoldedNorm.Of(weights, norm.Name, norm.Epsilon, step.Filters);
        int each = weight.Length / step.Filters;
        var scaled = new float[weight.Length];
        for (int at = 0; at < weight.Length; at++) scaled[at] = (float)(weight[at] * folded.Scale[at / each]);
        return graph.Node("Conv", name,
        [
            from,
            graph.Constant(name + ".weight", scaled, step.Filters, channels, step.Window, step.Window),
            graph.Constant(name + ".bias", Biases(bias, folded), step.Filters),
        ]);
    }

    /// <summary>Normalisation where no layer with weights comes before it, of (rows, channels, eta, phi).</summary>
    public string Norm(string from, string name, double epsilon, int channels)
    {
        FoldedNorm folded = FoldedNorm.Of(weights, name, epsilon, channels);
        float[] scale = [.. folded.Scale.Select(value => (float)value)], shift = [.. folded.Shift.Select(value => (float)value)];
        string scaled = graph.Node("Mul", name + "/scaled", [from, graph.Constant(name + ".scale", scale, channels, 1, 1)]);
        return graph.Node("Add", name, [scaled, graph.Constant(name + ".shift", shift, channels, 1, 1)]);
    }

    /// <summary>An activation; channels are the last dimension, or, of grids, the one before eta and phi.</summary>
    public string Activation(string from, string name, string kind, int channels, bool ofGrids = false)
    {
        if (kind != "prelu") return graph.Node(Operations[kind], name, [from]);
        float[] slope = FrozenWeights.Values(weights, name + ".weight", channels);
        long[] shape = ofGrids ? [channels, 1, 1] : [channels];
        return graph.Node(Operations[kind], name, [from, graph.Constant(name + ".weight", slope, shape)]);
    }

    /// <summary>The blocks of a stack, whose dense layers are called <c>dense</c> on rows and <c>conv</c> on cells.</summary>
    public string Stack(string from, string prefix, string dense, int inputs, LayerStack stack)
    {
        for (int number = 1; number <= stack.Widths.Count; number++)
        {
            int width = stack.Widths[number - 1];
            string? norm = stack.HasNorm ? $"{prefix}_norm_{number}" : null;
            from = Dense(from, $"{prefix}_{dense}_{number}", (inputs, width), (norm, GridNetworkShape.Epsilon));
            from = Activation(from, $"{prefix}_activation_{number}", stack.Activation, width);
            inputs = width;
        }
        return from;
    }

    /// <summary>The last layer, its logits made probabilities, which come out.</summary>
    public void Probabilities(string from, string name, int inputs, int classes)
    {
        string logits = Dense(from, name, (inputs, classes));
        graph.Node("Softmax", ExportedGraph.Probabilities, [logits], OnnxAttribute.Of("axis", -1));
        graph.Output(ExportedGraph.Probabilities, classes);
    }

    private static float[] Biases(float[] bias, FoldedNorm folded) =>
        [.. bias.Select((value, channel) => (float)(value * folded.Scale[channel] + folded.Shift[channel]))];
}
