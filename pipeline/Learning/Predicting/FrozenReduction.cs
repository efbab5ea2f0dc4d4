using System.Buffers;
using TauPipeline.Tensors;

namespace TauPipeline.Learning;

/// <summary>The trained steps of a <see cref="GridReduction"/>. Grids stand as eta, phi, channels: a window's rows are each one piece.</summary>
internal sealed class FrozenReduction
{
    // Windows laid out at once: what stays in the second cache.
    private const int Windows = 192;

    private readonly List<(GridStep Step, FrozenLinear? Convolution, FrozenActivation Activation)> _steps = [];
    private readonly int _cells, _channels;

    /// <summary>From the weights of steps on a grid of so many cells a side, of so many channels.</summary>
    public FrozenReduction(TorchFile weights, string prefix, (int Cells, int Channels) grid, GridReduction reduction)
    {
        (_cells, _channels) = grid;
        int channels = _channels;
        for (int number = 1; number <= reduction.Steps.Count; number++)
        {
            GridStep step = reduction.Steps[number - 1];
            string name = $"{prefix}_{step.Window}x{step.Window}";
            FrozenLinear? convolution =
                step.IsPooling ? null : FrozenWeights.Convolution(weights, $"{name}_conv_{number}", channels, step);
            channels = convolution?.Outputs ?? channels;
            _steps.Add((
                step,
                convolution,
                new(
                    weights,
                    (reduction.HasNorm ? $"{name}_norm_{number}" : null, $"{name}_activation_{number}"),
                    (reduction.Activation, GridNetworkShape.Epsilon),
                    channels)));
        }
    }

    /// <summary>(rows, eta, phi, channels) to (rows, channels of the one cell).</summary>
    public float[] Apply(float[] grids, int rows)
    {
        (int cells, int channels) = (_cells, _channels);
        float[] laid = ArrayPool<float>.Shared.Rent(Windows * _steps.Select(step => step.Convolution?.Inputs ?? 0).Append(0).Max());
        foreach ((GridStep step, FrozenLinear? convolution, FrozenActivation activation) in _steps)
        {
            int left = step.CellsAfter(cells);
            var next = new float[rows * left * left * activation.Width];
            if (convolution is null) Pool(grids, (rows, cells, channels), step, next);
            else
                for (int first = 0; first < rows * left * left; first += Windows)
                {
                    int some = Math.Min(Windows, rows * left * left - first);
                    for (int i = 0; i < some; i++) Lay(grids, (cells, channels), step, first + i, laid.AsSpan(i * convolution.Inputs));
                    convolution.Apply(laid, some, next.AsSpan(first * convolution.Outputs));
                }
            activation.Apply(next);
            (grids, cells, channels) = (next, left, activation.Width);
        }
        ArrayPool<float>.Shared.Return(laid);
        return grids;
    }

    // The cells of one window, of those of all rows, one after the other.
    private static void Lay(float[] grids, (int Cells, int Channels) size, GridStep step, int window, Span<float> to)
    {
        int left = step.CellsAfter(size.Cells), piece = step.Window * size.Channels;
        (int row, int place) = Math.DivRem(window, left * left);
        (int eta, int phi) = Math.DivRem(place, left);
        for (int line = 0; line < step.Window; line++)
            grids.AsSpan((((row * size.Cells) + eta + line) * size.Cells + phi) * size.Channels, piece).CopyTo(to[(line * piece)..]);
    }

    private static void Pool(float[] grids, (int Rows, int Cells, int Channels) size, GridStep step, float[] next)
    {
        int left = step.CellsAfter(size.Cells);
        Array.Fill(next, float.NegativeInfinity);
        for (int row = 0; row < size.Rows; row++)
            for (int eta = 0; eta < left * step.Window; eta++)
                for (int phi = 0; phi < left * step.Window; phi++)
                {
                    ReadOnlySpan<float> from = grids.AsSpan(((row * size.Cells + eta) * size.Cells + phi) * size.Channels, size.Channels);
                    Span<float> to =
                        next.AsSpan(((row * left + eta / step.Window) * left + phi / step.Window) * size.Channels, size.Channels);
                    for (int c = 0; c < from.Length; c++) to[c] = MathF.Max(to[c], from[c]);
                }
    }
}
