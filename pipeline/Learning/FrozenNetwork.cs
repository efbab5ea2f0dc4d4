using TauPipeline.Foundation;
using TauPipeline.Tensors;
using static TorchSharp.torch;

namespace TauPipeline.Learning;

/// <summary>A trained <see cref="FlatNetwork"/> for predicting, without libtorch: the score of a row depends on that row alone.</summary>
internal sealed class FrozenNetwork : IPredictor
{
    private const double BatchNormEpsilon = 1e-5;

    private readonly FlatNetworkShape _shape;
    private readonly List<(FrozenDense Dense, float[] Scale, float[] Shift, float[] Slope)> _hidden = [];
    private readonly FrozenDense _output;

    /// <summary>From the weights under their names.</summary>
    /// <exception cref="StepFailed">A weight is missing or has another shape.</exception>
    public FrozenNetwork(FlatNetworkShape shape, TorchFile weights)
    {
        shape.Check();
        _shape = shape;
        int inputs = shape.Features;
        for (int i = 0; i < shape.Hidden.Count; i++)
        {
            int width = shape.Hidden[i];
            (float[] scale, float[] shift) = shape.BatchNorm ? Norm(weights, $"norm.{i}", width) : ([], []);
            float[] slope = shape.Activation == "prelu" ? Values(weights, $"activation.{i}.weight", width) : new float[width];
            _hidden.Add((Dense(weights, $"hidden.{i}", inputs, width), scale, shift, slope));
            inputs = width;
        }
        _output = Dense(weights, "output", inputs, shape.Classes);
    }

    /// <inheritdoc/>
    public float[] Predict(IReadOnlyList<InputRows> inputs, int rows)
    {
        ReadOnlySpan<float> features = inputs[0].Values;
        var probabilities = new float[rows * _shape.Classes];
        int widest = _hidden.Select(layer => layer.Dense.Width).Append(_output.Width).Max();
        float[] one = new float[widest], other = new float[widest];
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> values = features.Slice(row * _shape.Features, _shape.Features);
            foreach ((FrozenDense dense, float[] scale, float[] shift, float[] slope) in _hidden)
            {
                dense.Apply(values, one);
                Activate(one.AsSpan(0, slope.Length), scale, shift, slope);
                values = one.AsSpan(0, slope.Length);
                (one, other) = (other, one);
            }
            _output.Apply(values, one);
            Softmax(one.AsSpan(0, _shape.Classes), probabilities.AsSpan(row * _shape.Classes, _shape.Classes));
        }
        return probabilities;
    }

    private static void Activate(Span<float> values, float[] scale, float[] shift, float[] slope)
    {
        for (int i = 0; i < values.Length; i++)
        {
            float value = scale.Length == 0 ? values[i] : MathF.FusedMultiplyAdd(values[i], scale[i], shift[i]);
            values[i] = value < 0 ? value * slope[i] : value;
        }
    }

    private static void Softmax(ReadOnlySpan<float> logits, Span<float> probabilities)
    {
        float largest = logits[0];
        foreach (float logit in logits) largest = MathF.Max(largest, logit);
        double sum = 0;
        foreach (float logit in logits) sum += Math.Exp((double)logit - largest);
        for (int c = 0; c < logits.Length; c++) probabilities[c] = (float)(Math.Exp((double)logits[c] - largest) / sum);
    }

    private static FrozenDense Dense(TorchFile weights, string name, int inputs, int outputs) =>
        new(Values(weights, name + ".weight", outputs, inputs), Values(weights, name + ".bias", outputs));

    // (x - mean) / sqrt(variance + eps) * weight + bias, with the constants taken together in double.
    private static (float[] Scale, float[] Shift) Norm(TorchFile weights, string name, int width)
    {
        float[] mean = Values(weights, name + ".running_mean", width), variance = Values(weights, name + ".running_var", width);
        float[] weight = Values(weights, name + ".weight", width), bias = Values(weights, name + ".bias", width);
        float[] scale = new float[width], shift = new float[width];
        for (int i = 0; i < width; i++)
        {
            double factor = weight[i] / Math.Sqrt(variance[i] + BatchNormEpsilon);
            (scale[i], shift[i]) = ((float)factor, (float)(bias[i] - mean[i] * factor));
        }
        return (scale, shift);
    }

    private static float[] Values(TorchFile weights, string name, params long[] shape)
    {
        StoredTensor tensor = weights.Find(name);
        if (tensor.Type != ScalarType.Float32 || !tensor.Shape.SequenceEqual(shape))
            throw LearningErrors.NoModel(
                $"'{name}' of {tensor.Type} [{string.Join(", ", tensor.Shape)}] where the shape asks for [{string.Join(", ", shape)}]");
        return tensor.ToFloats();
    }
}
