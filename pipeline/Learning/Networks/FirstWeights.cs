using TauPipeline.Foundation;
using static TorchSharp.torch;

namespace TauPipeline.Learning;

/// <summary>The weights that a layer begins with, drawn from torch's generator.</summary>
internal static class FirstWeights
{
    // Keras' lecun_normal: a normal distribution cut at two widths, which makes it narrower by this.
    private const double Cut = 2, Narrower = 0.87962566103423978;

    /// <summary>Glorot's uniform.</summary>
    public static void OfOutput(Tensor weight) => nn.init.xavier_uniform_(weight);

    /// <summary>Those before an activation: LeCun's normal before <c>selu</c>, He's uniform before others.</summary>
    public static void Before(string activation, Tensor weight)
    {
        if (activation == LayerStack.Selu) LeCun(weight);
        else nn.init.kaiming_uniform_(weight);
    }

    // Whole numbers of torch's generator are the same on every processor.
    private static void LeCun(Tensor weight)
    {
        var random = new CounterRandom((ulong)randint(0, long.MaxValue, 1, dtype: ScalarType.Int64).item<long>(), 0);
        double width = Math.Sqrt(1.0 / (weight.numel() / weight.shape[0])) / Narrower;
        var values = new float[weight.numel()];
        for (int i = 0; i < values.Length; i++)
        {
            double drawn;
            do drawn = random.NextNormal();
            while (Math.Abs(drawn) > Cut);
            values[i] = (float)(width * drawn);
        }
        weight.copy_(tensor(values).reshape(weight.shape));
    }
}
