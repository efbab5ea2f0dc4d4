using TauPipeline.Foundation;

namespace TauPipeline.Tensors;

/// <summary>
/// A trained dense layer for predicting, without libtorch. Each output is its bias plus its products in ascending order, by fused
/// multiply-add: the bits depend neither on the processor nor on what other rows there are.
/// </summary>
public sealed class FrozenLinear
{
    private readonly float[] _weight, _bias;

    /// <summary>From a weight (outputs, inputs) and a bias (outputs), as torch has them.</summary>
    public FrozenLinear(float[] weight, float[] bias)
    {
        (Outputs, Inputs, _bias) = (bias.Length, weight.Length / bias.Length, bias);
        _weight = new float[weight.Length];
        for (int o = 0; o < Outputs; o++)
            for (int i = 0; i < Inputs; i++) _weight[i * Outputs + o] = weight[o * Inputs + i];
    }

    /// <summary>Numbers of a row before.</summary>
    public int Inputs { get; }

    /// <summary>Numbers of a row afterwards.</summary>
    public int Outputs { get; }

    /// <summary>(rows, inputs) to (rows, outputs).</summary>
    /// <exception cref="Defect">The spans are too short.</exception>
    public unsafe void Apply(ReadOnlySpan<float> from, int rows, Span<float> to)
    {
        if (rows == 0) return;
        if (from.Length < (long)rows * Inputs || to.Length < (long)rows * Outputs)
            throw TensorErrors.TooShort(from.Length, to.Length, rows, Inputs, Outputs);
        fixed (float* a = from, b = _weight, bias = _bias, c = to)
            MatrixProduct.Run(
                (rows, Outputs, Inputs), new(a, Inputs, 1), new(b, Outputs, 1), bias, c, LinearFunction.OverWidths, threads: 1);
    }
}
