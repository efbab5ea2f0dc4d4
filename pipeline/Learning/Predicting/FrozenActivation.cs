using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TauPipeline.Tensors;

namespace TauPipeline.Learning;

/// <summary>What follows a trained layer: batch normalisation with the running moments, if there is any, and an activation.</summary>
internal sealed class FrozenActivation
{
    private readonly float[] _scale, _shift, _slope;
    private readonly bool _isTanh;

    /// <summary>From the names of the normalisation, if there is one, and of the activation.</summary>
    public FrozenActivation(
        TorchFile weights,
        (string? Norm, string Activation) names,
        (string Activation, double Epsilon) kind,
        int width)
    {
        (_scale, _shift) = (new float[width], new float[width]);
        if (names.Norm is null) Array.Fill(_scale, 1);
        else Moments(weights, names.Norm, kind.Epsilon);
        _isTanh = kind.Activation == "tanh";
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
        for (; !_isTanh && i + Vector256<float>.Count <= row.Length; i += Vector256<float>.Count)
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
            row[i] = _isTanh ? (float)Math.Tanh(value) : value < 0 ? value * _slope[i] : value;
        }
    }

    // (x - mean) / root of (variance + eps) * weight + bias, with the constants taken together in double.
    private void Moments(TorchFile weights, string name, double epsilon)
    {
        float[] mean = FrozenWeights.Values(weights, name + ".running_mean", _scale.Length);
        float[] variance = FrozenWeights.Values(weights, name + ".running_var", _scale.Length);
        float[] weight = FrozenWeights.Values(weights, name + ".weight", _scale.Length);
        float[] bias = FrozenWeights.Values(weights, name + ".bias", _scale.Length);
        for (int i = 0; i < _scale.Length; i++)
        {
            double factor = weight[i] / Math.Sqrt(variance[i] + epsilon);
            (_scale[i], _shift[i]) = ((float)factor, (float)(bias[i] - mean[i] * factor));
        }
    }
}
