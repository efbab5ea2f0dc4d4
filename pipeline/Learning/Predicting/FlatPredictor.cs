using TauPipeline.Foundation;
using TauPipeline.Tensors;

namespace TauPipeline.Learning;

/// <summary>A trained <see cref="FlatNetwork"/>.</summary>
internal sealed class FlatPredictor : IPredictor
{
    // What stays in the second cache; no score depends on it.
    private const int Chunk = 240;

    private readonly FlatNetworkShape _shape;
    private readonly FrozenOutput _network;

    /// <summary>From the weights under their names.</summary>
    /// <exception cref="StepFailed">A weight is missing or has another shape.</exception>
    public FlatPredictor(FlatNetworkShape shape, TorchFile weights)
    {
        _shape = shape;
        var blocks = new List<(FrozenLinear, FrozenActivation)>();
        int inputs = shape.Features;
        for (int i = 0; i < shape.Hidden.Count; i++)
        {
            int width = shape.Hidden[i];
            blocks.Add((
                FrozenWeights.Dense(weights, $"hidden.{i}", inputs, width),
                new(
                    weights,
                    (shape.BatchNorm ? $"norm.{i}" : null, $"activation.{i}"),
                    (shape.Activation, FlatNetworkShape.Epsilon),
                    width)));
            inputs = width;
        }
        _network = new(new(shape.Features, blocks), FrozenWeights.Dense(weights, "output", inputs, shape.Outputs), shape.OutputWidths);
    }

    /// <inheritdoc/>
    public float[] Predict(IReadOnlyList<InputRows> inputs, int rows)
    {
        var probabilities = new float[rows * _shape.Outputs];
        for (int first = 0; first < rows; first += Chunk)
        {
            int some = Math.Min(Chunk, rows - first);
            _network.Apply(
                inputs[0].Values.AsSpan(first * _shape.Features, some * _shape.Features),
                some,
                probabilities.AsSpan(first * _shape.Outputs));
        }
        return probabilities;
    }
}
