using TorchSharp;
using static TorchSharp.torch;

namespace TauPipeline.Tensors;

/// <summary>
/// <c>torch.nn.ELU</c>: x above nought, exp(x) - 1 below. TorchSharp's own makes its constants on the way (see
/// <see cref="NumberOperations"/>).
/// </summary>
public sealed class SafeElu() : nn.Module<Tensor, Tensor>(nameof(SafeElu))
{
    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using Scalar alpha = 1.0, scale = 1.0, inputScale = 1.0;
        return input.elu(alpha, scale, inputScale);
    }
}
