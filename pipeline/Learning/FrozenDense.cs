using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TauPipeline.Learning;

/// <summary>
/// A trained dense layer for one row at a time. Each output is the bias plus its products in the order of the inputs, every
/// one by fused multiply-add: the bits do not depend on the processor, on libraries, or on other rows. (The matrix kernels of
/// OpenBLAS do: row 12 of a block and row 13 are summed differently.)
/// </summary>
internal sealed class FrozenDense
{
    private const int Tile = 32;

    private readonly int _inputs;
    private readonly float[] _weight, _bias;

    /// <summary>From a weight (outputs, inputs) and a bias (outputs).</summary>
    public FrozenDense(float[] weight, float[] bias)
    {
        int outputs = bias.Length;
        _inputs = weight.Length / outputs;
        Width = (outputs + Tile - 1) / Tile * Tile;
        _bias = new float[Width];
        bias.CopyTo(_bias, 0);
        // Outputs side by side, filled up to whole tiles: a vector holds outputs, so its length never changes an order of summing.
        _weight = new float[_inputs * Width];
        for (int o = 0; o < outputs; o++)
            for (int i = 0; i < _inputs; i++) _weight[i * Width + o] = weight[o * _inputs + i];
    }

    /// <summary>Length of the output with its filling.</summary>
    public int Width { get; }

    /// <summary>One row's inputs to <see cref="Width"/> outputs.</summary>
    public void Apply(ReadOnlySpan<float> row, Span<float> output)
    {
        row = row[.._inputs];
        output = output[..Width];
        ref float weight = ref MemoryMarshal.GetArrayDataReference(_weight),
            bias = ref MemoryMarshal.GetArrayDataReference(_bias),
            to = ref MemoryMarshal.GetReference(output);
        for (nuint tile = 0; tile < (nuint)Width; tile += Tile)
        {
            Vector256<float> a = Vector256.LoadUnsafe(ref bias, tile), b = Vector256.LoadUnsafe(ref bias, tile + 8);
            Vector256<float> c = Vector256.LoadUnsafe(ref bias, tile + 16), d = Vector256.LoadUnsafe(ref bias, tile + 24);
            nuint at = tile;
            foreach (float value in row)
            {
                Vector256<float> x = Vector256.Create(value);
                a = Vector256.FusedMultiplyAdd(x, Vector256.LoadUnsafe(ref weight, at), a);
                b = Vector256.FusedMultiplyAdd(x, Vector256.LoadUnsafe(ref weight, at + 8), b);
                c = Vector256.FusedMultiplyAdd(x, Vector256.LoadUnsafe(ref weight, at + 16), c);
                d = Vector256.FusedMultiplyAdd(x, Vector256.LoadUnsafe(ref weight, at + 24), d);
                at += (nuint)Width;
            }
            a.StoreUnsafe(ref to, tile);
            b.StoreUnsafe(ref to, tile + 8);
            c.StoreUnsafe(ref to, tile + 16);
            d.StoreUnsafe(ref to, tile + 24);
        }
    }
}
