using TauPipeline.Foundation;
using TauPipeline.Tensors;
using static TorchSharp.torch;

namespace TauPipeline.Learning;

/// <summary>The layers of a trained network, from the weights in its file.</summary>
internal static class FrozenWeights
{
    /// <summary>The values of a weight.</summary>
    /// <exception cref="StepFailed">It is missing or has another shape.</exception>
    public static float[] Values(TorchFile weights, string name, params long[] shape)
    {
        StoredTensor tensor = weights.Find(name);
        if (tensor.Type != ScalarType.Float32 || !tensor.Shape.SequenceEqual(shape))
            throw LearningErrors.NoModel(
                $"'{name}' of {tensor.Type} [{string.Join(", ", tensor.Shape)}] where the shape asks for [{string.Join(", ", shape)}]");
        return tensor.ToFloats();
    }

    /// <summary>A dense layer.</summary>
    public static FrozenLinear Dense(TorchFile weights, string name, int inputs, int outputs) =>
        new(Values(weights, name + ".weight", outputs, inputs), Values(weights, name + ".bias", outputs));

    /// <summary>A convolution, as a dense layer on the cells of a window: eta by eta, phi by phi, channel by channel.</summary>
    public static FrozenLinear Convolution(TorchFile weights, string name, int channels, GridStep step)
    {
        int cells = step.Window * step.Window;
        float[] weight = Values(weights, name + ".weight", step.Filters, channels, step.Window, step.Window);
        var ordered = new float[weight.Length];
        for (int filter = 0; filter < step.Filters; filter++)
            for (int channel = 0; channel < channels; channel++)
                for (int cell = 0; cell < cells; cell++)
                    ordered[(filter * cells + cell) * channels + channel] = weight[(filter * channels + channel) * cells + cell];
        return new(ordered, Values(weights, name + ".bias", step.Filters));
    }
}
