using System.Numerics;
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

    /// <summary>Whether all of it are finite numbers.</summary>
    public static bool IsFinite(IEnumerable<Parameter> weights)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable none = no_grad();
        return weights.Select(weight => weight.grad).OfType<Tensor>()
            .All(gradient => IsFinite(MemoryMarshal.Cast<byte, float>(gradient.contiguous().cpu().bytes)));
    }

    // What is not finite leaves no zero when it is taken from itself.
    private static bool IsFinite(ReadOnlySpan<float> slopes)
    {
        Vector<float> left = Vector<float>.Zero;
        foreach (Vector<float> some in MemoryMarshal.Cast<float, Vector<float>>(slopes)) left += some - some;
        float rest = 0;
        foreach (float slope in slopes[(slopes.Length / Vector<float>.Count * Vector<float>.Count)..]) rest += slope - slope;
        return left == Vector<float>.Zero && rest == 0;
    }
}
