using TauPipeline.Foundation;
using TauPipeline.Tensors;

namespace TauPipeline.Learning;

/// <summary>
/// Per hidden layer: dense, batch normalisation, activation, dropout (the order of DeepTau's dense blocks); then a dense
/// output. Its tensors stand in a written order, which is also the order in the file.
/// </summary>
internal sealed class FlatNetwork : IDisposable
{
    private readonly List<(string Name, ILayer Layer)> _layers = [];

    /// <summary>Weights drawn from <paramref name="key"/>: Kaiming before a rectifier, Xavier before the output; biases zero.</summary>
    public FlatNetwork(FlatNetworkShape shape, ulong key)
    {
        shape.Check();
        int inputs = shape.Inputs;
        for (int i = 0; i < shape.Hidden.Count; i++)
        {
            int width = shape.Hidden[i];
            double slope = shape.Activation == "prelu" ? PReLU.InitialSlope : 0;
            _layers.Add(($"hidden.{i}", new Linear(inputs, width, Linear.KaimingBound(inputs, slope), new CounterRandom(key, (ulong)i))));
            if (shape.BatchNorm) _layers.Add(($"norm.{i}", new BatchNorm1d(width)));
            _layers.Add(($"activation.{i}", shape.Activation == "prelu" ? new PReLU(width) : new ReLU()));
            if (shape.Dropout > 0) _layers.Add(($"dropout.{i}", new Dropout(shape.Dropout, i)));
            inputs = width;
        }
        _layers.Add(("output", new Linear(inputs, shape.Classes, Linear.XavierBound(inputs, shape.Classes), new CounterRandom(key, (ulong)shape.Hidden.Count))));
    }

    /// <summary>Weights and running moments, in written order.</summary>
    public IReadOnlyList<NamedTensor> State => [.. _layers.SelectMany(layer => layer.Layer.State.Select(tensor => tensor with { Name = $"{layer.Name}.{tensor.Name}" }))];

    /// <summary>(rows, inputs) to logits (rows, classes).</summary>
    public Tensor Forward(Tensor features, Pass pass) => _layers.Aggregate(features, (input, layer) => layer.Layer.Forward(input, pass));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((_, ILayer layer) in _layers) layer.Dispose();
    }
}
