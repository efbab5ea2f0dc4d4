using TauPipeline.Tensors;

namespace TauPipeline.Learning;

/// <summary>
/// Batch normalisation with its running moments, as one factor and one shift a channel: (x - mean) / root of (variance + epsilon) * weight
/// + bias, with the constants taken together in double.
/// </summary>
/// <param name="Scale">What a channel is multiplied with.</param>
/// <param name="Shift">What is added to it.</param>
internal sealed record FoldedNorm(double[] Scale, double[] Shift)
{
    /// <summary>Of a normalisation; without a name, what changes nothing.</summary>
    public static FoldedNorm Of(TorchFile weights, string? name, double epsilon, int width)
    {
        var folded = new FoldedNorm(new double[width], new double[width]);
        if (name is null) Array.Fill(folded.Scale, 1);
        else folded.Read(weights, name, epsilon);
        return folded;
    }

    private void Read(TorchFile weights, string name, double epsilon)
    {
        float[] mean = FrozenWeights.Values(weights, name + ".running_mean", Scale.Length);
        float[] variance = FrozenWeights.Values(weights, name + ".running_var", Scale.Length);
        float[] weight = FrozenWeights.Values(weights, name + ".weight", Scale.Length);
        float[] bias = FrozenWeights.Values(weights, name + ".bias", Scale.Length);
        for (int i = 0; i < Scale.Length; i++)
        {
            Scale[i] = weight[i] / Math.Sqrt(variance[i] + epsilon);
            Shift[i] = bias[i] - mean[i] * Scale[i];
        }
    }
}
