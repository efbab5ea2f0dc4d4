using System.Buffers;
using TauPipeline.Tensors;

namespace TauPipeline.Learning;

/// <summary>Trained dense blocks one after the other, on rows or on cells.</summary>
internal sealed class FrozenStack(int inputs, IReadOnlyList<(FrozenLinear Dense, FrozenActivation Activation)> blocks)
{
    /// <summary>The blocks of a <see cref="LayerStack"/>, whose dense layers are called <c>dense</c> on rows and <c>conv</c> on cells.</summary>
    public static FrozenStack Of(TorchFile weights, string prefix, string dense, int inputs, LayerStack stack)
    {
        var blocks = new List<(FrozenLinear, FrozenActivation)>();
        int from = inputs;
        for (int number = 1; number <= stack.Widths.Count; number++)
        {
            int width = stack.Widths[number - 1];
            blocks.Add((
                FrozenWeights.Dense(weights, $"{prefix}_{dense}_{number}", from, width),
                new(
                    weights,
                    (stack.HasNorm ? $"{prefix}_norm_{number}" : null, $"{prefix}_activation_{number}"),
                    (stack.Activation, GridNetworkShape.Epsilon),
                    width)));
            from = width;
        }
        return new(inputs, blocks);
    }

    /// <summary>Numbers of a row before.</summary>
    public int Inputs => inputs;

    /// <summary>Numbers of a row afterwards.</summary>
    public int Outputs => blocks.Count == 0 ? inputs : blocks[^1].Dense.Outputs;

    /// <summary>(rows, inputs) to (rows, outputs), which may be the same memory.</summary>
    public void Apply(ReadOnlySpan<float> from, int rows, Span<float> to)
    {
        int widest = blocks.Select(block => block.Dense.Outputs).Append(0).Max();
        float[] one = ArrayPool<float>.Shared.Rent(rows * widest), other = ArrayPool<float>.Shared.Rent(rows * widest);
        foreach ((FrozenLinear dense, FrozenActivation activation) in blocks)
        {
            Span<float> next = one.AsSpan(0, rows * dense.Outputs);
            dense.Apply(from, rows, next);
            activation.Apply(next);
            from = next;
            (one, other) = (other, one);
        }
        from[..(rows * Outputs)].CopyTo(to);
        ArrayPool<float>.Shared.Return(one);
        ArrayPool<float>.Shared.Return(other);
    }
}
