using TorchSharp;
using static TorchSharp.torch;

namespace TauPipeline.Tensors;

/// <summary>
/// <c>torch.nn.ELU</c>: x above nought, exp(x) - 1 below, with factors. TorchSharp's own makes its constants on the way (see
/// <see cref="NumberOperations"/>).
/// </summary>
/// <param name="alpha">Times what is below nought.</param>
/// <param name="scale">Times all.</param>
public sealed class SafeElu(double alpha = 1, double scale = 1) : nn.Module<Tensor, Tensor>(nameof(SafeElu))
{
    /// <summary>Factors of <c>selu</c> (Klambauer et al., arXiv:1706.02515).</summary>
    public const double SeluAlpha = 1.6732632423543772, SeluScale = 1.0507009873554805;

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using Scalar below = alpha, all = scale, inputScale = 1.0;
        return input.elu(below, all, inputScale);
    }
}
