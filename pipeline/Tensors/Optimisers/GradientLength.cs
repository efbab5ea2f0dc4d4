using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TauPipeline.Tensors;

/// <summary>
/// The length of the gradient of all weights together, summed in double in the order of the weights: libtorch's square roots and sums
/// differ between processors.
/// </summary>
public static class GradientLength
{
    /// <summary>Shortens a gradient that is longer than <paramref name="most"/> to that length; its length before.</summary>
    public static double Shorten(IEnumerable<Parameter> weights, double most)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable none = no_grad();
        Tensor[] gradients = [.. weights.Select(weight => weight.grad).OfType<Tensor>()];
        double square = 0;
        foreach (Tensor gradient in gradients)
            foreach (float slope in MemoryMarshal.Cast<byte, float>(gradient.contiguous().cpu().bytes)) square += (double)slope * slope;
        double length = Math.Sqrt(square);
        if (!(length > most)) return length;
        foreach (Tensor gradient in gradients) gradient.times_((float)(most / length));
        return length;
    }
}
