using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TauPipeline.Tensors;

/// <summary>One step of Adam: the numbers that are the same for all weights, and the pass over them.</summary>
internal readonly record struct AdamPass
{
    /// <summary>What each weight is multiplied by first (AdamW).</summary>
    public required float Shrink { get; init; }

    /// <summary>How much of the weight is added to its gradient (Adam).</summary>
    public required float Decay { get; init; }

    /// <summary>What is kept of the mean gradient.</summary>
    public required float Beta1 { get; init; }

    /// <summary>What is kept of the mean square.</summary>
    public required float Beta2 { get; init; }

    /// <summary>One minus <see cref="Beta1"/>, rounded once.</summary>
    public required float Rest1 { get; init; }

    /// <summary>One minus <see cref="Beta2"/>, rounded once.</summary>
    public required float Rest2 { get; init; }

    /// <summary>What the root of the mean square is divided by.</summary>
    public required float Root { get; init; }

    /// <summary>Added to that.</summary>
    public required float Epsilon { get; init; }

    /// <summary>Times the gradient: a part of the step (NAdam).</summary>
    public required float Gradient { get; init; }

    /// <summary>Times the mean gradient: the step, or its other part.</summary>
    public required float Mean { get; init; }

    /// <summary>Moves weights, mean gradients and mean squares.</summary>
    public void Over(Span<float> weights, ReadOnlySpan<float> gradients, Span<float> means, Span<float> squares)
    {
        int whole = weights.Length - weights.Length % Vector256<float>.Count;
        Whole(weights[..whole], gradients[..whole], means[..whole], squares[..whole]);
        if (whole == weights.Length) return;
        // What does not fill a vector goes the same way, filled up with zeros.
        Span<float> rest = stackalloc float[4 * Vector256<float>.Count];
        rest.Clear();
        Span<float> weight = rest[..8], gradient = rest[8..16], mean = rest[16..24], square = rest[24..];
        weights[whole..].CopyTo(weight);
        gradients[whole..].CopyTo(gradient);
        means[whole..].CopyTo(mean);
        squares[whole..].CopyTo(square);
        Whole(weight, gradient, mean, square);
        int left = weights.Length - whole;
        weight[..left].CopyTo(weights[whole..]);
        mean[..left].CopyTo(means[whole..]);
        square[..left].CopyTo(squares[whole..]);
    }

    private void Whole(Span<float> weights, ReadOnlySpan<float> gradients, Span<float> means, Span<float> squares)
    {
        Span<Vector256<float>> w = MemoryMarshal.Cast<float, Vector256<float>>(weights),
            m = MemoryMarshal.Cast<float, Vector256<float>>(means),
            v = MemoryMarshal.Cast<float, Vector256<float>>(squares);
        ReadOnlySpan<Vector256<float>> g = MemoryMarshal.Cast<float, Vector256<float>>(gradients);
        Vector256<float> shrink = Vector256.Create(Shrink),
            decay = Vector256.Create(Decay),
            beta1 = Vector256.Create(Beta1),
            beta2 = Vector256.Create(Beta2);
        Vector256<float> rest1 = Vector256.Create(Rest1),
            rest2 = Vector256.Create(Rest2),
            root = Vector256.Create(Root),
            epsilon = Vector256.Create(Epsilon);
        Vector256<float> byGradient = Vector256.Create(Gradient), byMean = Vector256.Create(Mean);
        for (int i = 0; i < g.Length; i++)
        {
            Vector256<float> weight = w[i] * shrink, gradient = Vector256.FusedMultiplyAdd(w[i], decay, g[i]);
            Vector256<float> mean = Vector256.FusedMultiplyAdd(gradient, rest1, m[i] * beta1);
            Vector256<float> square = Vector256.FusedMultiplyAdd(rest2 * gradient, gradient, v[i] * beta2);
            Vector256<float> step = (mean * byMean + gradient * byGradient) / (Vector256.Sqrt(square) / root + epsilon);
            (w[i], m[i], v[i]) = (weight + step, mean, square);
        }
    }
}
