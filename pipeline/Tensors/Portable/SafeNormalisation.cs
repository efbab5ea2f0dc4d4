using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TauPipeline.Tensors;

/// <summary>
/// Batch normalisation that counts no batches. TorchSharp's modules do, by adding a number that the collector may take meanwhile (see
/// <see cref="NumberOperations"/>), and nothing uses the count.
/// </summary>
public static class SafeNormalisation
{
    /// <summary>Normalises over the rows, or in evaluation by the running moments.</summary>
    public static Tensor batch_norm(BatchNorm1d norm, Tensor rows, bool training) => nn.functional.batch_norm(
        rows, norm.running_mean!, norm.running_var!, norm.weight!, norm.bias!, training, norm.momentum!.Value, norm.eps);

    /// <summary>The same over the rows and cells of a grid.</summary>
    public static Tensor batch_norm(BatchNorm2d norm, Tensor grids, bool training) => nn.functional.batch_norm(
        grids, norm.running_mean!, norm.running_var!, norm.weight!, norm.bias!, training, norm.momentum!.Value, norm.eps);
}
