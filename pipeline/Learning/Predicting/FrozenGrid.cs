using TauPipeline.Tensors;

namespace TauPipeline.Learning;

/// <summary>A trained <see cref="GridPart"/>. All empty cells are the same, so their channels are worked out once, when it is made.</summary>
internal sealed class FrozenGrid
{
    private readonly GridPart _part;
    private readonly IReadOnlyList<FrozenStack> _components;
    private readonly FrozenStack _merge;
    private readonly FrozenReduction _reduction;
    private readonly float[] _empty;

    /// <summary>From the weights under their names.</summary>
    public FrozenGrid(GridPart part, TorchFile weights)
    {
        _part = part;
        _components =
        [
            .. part.Inputs.Zip(part.Components, (input, stack) => FrozenStack.Of(weights, input.Name, "conv", input.Features, stack)),
        ];
        _merge = FrozenStack.Of(weights, $"{part.Name}_all", "conv", part.Joined, part.Merge);
        _reduction = new(weights, $"{part.Name}_all", (part.Inputs[0].EtaCells, part.Merged), part.Reduction);
        _empty = Channels([.. part.Inputs.Select(input => new ReadOnlyMemory<float>(new float[input.Features]))], 1);
    }

    /// <summary>Channels of a cell with nothing in it.</summary>
    public ReadOnlySpan<float> EmptyCell => _empty;

    /// <summary>Numbers of the one cell of each row: (rows, <see cref="GridPart.Outputs"/>).</summary>
    /// <param name="inputs">The inputs of the grid.</param>
    /// <param name="first">First row of those to work out.</param>
    /// <param name="rows">How many.</param>
    public float[] Apply(IReadOnlyList<InputRows> inputs, int first, int rows)
    {
        int[] offsets = inputs[0].Offsets, cells = inputs[0].Cells;
        int start = offsets[first], filled = offsets[first + rows] - start, all = _part.Inputs[0].Cells, width = _empty.Length;
        float[] channels = Channels(
            [
                .. inputs.Select(input =>
                    new ReadOnlyMemory<float>(input.Values, start * input.Shape.Features, filled * input.Shape.Features)),
            ],
            filled);
        var grids = new float[rows * all * width];
        for (int cell = 0; cell < rows * all; cell++) _empty.CopyTo(grids.AsSpan(cell * width));
        for (int row = 0; row < rows; row++)
            for (int at = offsets[first + row]; at < offsets[first + row + 1]; at++)
                channels.AsSpan((at - start) * width, width).CopyTo(grids.AsSpan((row * all + cells[at]) * width));
        return _reduction.Apply(grids, rows);
    }

    // Of cells, the channels before the windows.
    private float[] Channels(IReadOnlyList<ReadOnlyMemory<float>> inputs, int cells)
    {
        float[] joined = new float[cells * _part.Joined], merged = new float[cells * _part.Merged];
        int at = 0;
        foreach ((ReadOnlyMemory<float> input, FrozenStack stack) in inputs.Zip(_components))
        {
            float[] channels = new float[cells * stack.Outputs];
            stack.Apply(input.Span, cells, channels);
            Joint.Lay(channels, stack.Outputs, joined, _part.Joined, at);
            at += stack.Outputs;
        }
        _merge.Apply(joined, cells, merged);
        return merged;
    }
}
