using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TauPipeline.Tensors;

namespace TauPipeline.Learning;

/// <summary>What follows a trained layer: batch normalisation with the running moments, if there is any, and an activation.</summary>
internal sealed class FrozenActivation
{
    private readonly float[] _scale, _shift, _slope;
    private readonly Func<double, double>? _curve;

    /// <summary>From the names of the normalisation, if there is one, and of the activation.</summary>
    public FrozenActivation(
        TorchFile weights,
        (string? Norm, string Activation) names,
        (string Activation, double Epsilon) kind,
        int width)
    {
        FoldedNorm norm = FoldedNorm.Of(weights, names.Norm, kind.Epsilon, width);
        (_scale, _shift) = ([.. norm.Scale.Select(value => (float)value)], [.. norm.Shift.Select(value => (float)value)]);
        _curve = kind.Activation switch
        {
            "tanh" => Math.Tanh,
            LayerStack.Selu => value =>
                SafeElu.SeluScale * (value < 0 ? SafeElu.SeluAlpha * (Math.Exp(value) - 1) : value),
            "elu" => value => value < 0 ? Math.Exp(value) - 1 : value,
            _ => null,
        };
        _slope = kind.Activation == "prelu" ? FrozenWeights.Values(weights, names.Activation + ".weight", width) : new float[width];
    }

    /// <summary>Channels.</summary>
    public int Width => _slope.Length;

    /// <summary>Changes rows of channels in place.</summary>
    public void Apply(Span<float> rows)
    {
        for (; rows.Length > 0; rows = rows[Width..]) One(rows[..Width]);
    }

    private void One(Span<float> row)
    {
        ref float to = ref MemoryMarshal.GetReference(row);
        int i = 0;
        for (; _curve is null && i + Vector256<float>.Count <= row.Length; i += Vector256<float>.Count)
        {
            Vector256<float> value = Vector256.FusedMultiplyAdd(
                Vector256.LoadUnsafe(ref to, (nuint)i),
                Vector256.LoadUnsafe(ref _scale[0], (nuint)i),
                Vector256.LoadUnsafe(ref _shift[0], (nuint)i));
            Vector256<float> below = value * Vector256.LoadUnsafe(ref _slope[0], (nuint)i);
            Vector256.ConditionalSelect(Vector256.LessThan(value, Vector256<float>.Zero), below, value).StoreUnsafe(ref to, (nuint)i);
        }
        for (; i < row.Length; i++)
        {
            float value = MathF.FusedMultiplyAdd(row[i], _scale[i], _shift[i]);
            row[i] = _curve is not null ? (float)_curve(value) : value < 0 ? value * _slope[i] : value;
        }
    }
}
