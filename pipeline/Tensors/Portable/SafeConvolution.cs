using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TauPipeline.Tensors;

/// <summary>
/// <c>torch.nn.functional.conv2d</c> with right gradients. With filters that do not fill the processor's vectors (8 or 16 of float32)
/// libtorch 2.10 on a processor gives the input a wrong gradient, silently, in batches of more than one: what is read beyond the last
/// filter is not zero. So filters of zeros are laid beside them.
/// </summary>
public static class SafeConvolution
{
    private const long Vector = 16;

    /// <summary>(rows, channels, height, width) with weight (filters, channels, window, window) and bias; no padding, stride 1.</summary>
    public static Tensor conv2d(Tensor input, Tensor weight, Tensor bias)
    {
        long filters = weight.shape[0], lacking = (Vector - filters % Vector) % Vector;
        if (lacking == 0) return functional.conv2d(input, weight, bias);
        Tensor moreWeight = zeros([lacking, .. weight.shape[1..]], device: weight.device), moreBias = zeros(lacking, device: bias.device);
        return functional.conv2d(input, cat([weight, moreWeight]), cat([bias, moreBias])).narrow(1, 0, filters);
    }
}
