using TauPipeline.Foundation;
using TauPipeline.Learning;

namespace TauPipeline.Tests.Unit.Learning;

/// <summary>A small network on two grids, and rows for it.</summary>
internal static class GridSamples
{
    public static GridNetworkShape Tiny(EmptyGridCells empty = EmptyGridCells.Skip, double dropout = 0, string activation = "prelu") => new(
        3,
        new([6, 5], activation, dropout),
        [
            Part("inner", 5, [3, 2], GridReduction.DeepTau(5, 4, 3), dropout),
            Part("outer", 9, [3, 2], GridReduction.DeepTau(9, 4, 3, 6, pooling: 2), dropout),
        ],
        new([8, 8], activation, dropout),
        4,
        empty);

    /// <summary>Rows with up to <paramref name="most"/> filled cells in each grid; every seventh row has none.</summary>
    public static TrainingBatch Rows(GridNetworkShape shape, int rows, ulong seed, int most = 5)
    {
        var random = new CounterRandom(seed, 1);
        var inputs = new List<InputRows> { new(shape.Inputs[0], Normal(rows * shape.TauFeatures, ref random)) };
        foreach (GridPart grid in shape.Grids)
        {
            var offsets = new List<int> { 0 };
            var cells = new List<int>();
            for (int row = 0; row < rows; row++)
            {
                int filled = row % 7 == 6 ? 0 : 1 + (int)(random.NextDouble() * most);
                cells.AddRange(Some(filled, grid.Inputs[0].Cells, ref random));
                offsets.Add(cells.Count);
            }
            (int[] from, int[] which) = ([.. offsets], [.. cells]);
            foreach (InputShape input in grid.Inputs)
                inputs.Add(new(input, Normal(which.Length * input.Features, ref random)) { Offsets = from, Cells = which });
        }
        return new(rows, inputs, [.. Enumerable.Range(0, rows).Select(row => row % shape.Classes)], [.. Enumerable.Repeat(1f, rows)]);
    }

    /// <summary>Some rows of a batch, in the order given.</summary>
    public static IReadOnlyList<InputRows> Only(TrainingBatch batch, params IReadOnlyList<int> rows) =>
        [.. batch.Inputs.Select(input => Only(input, rows))];

    private static InputRows Only(InputRows input, IReadOnlyList<int> rows)
    {
        int width = input.Shape.Features;
        if (!input.Shape.IsRagged) return new(input.Shape, [.. rows.SelectMany(row => input.Values.AsSpan(row * width, width).ToArray())]);
        int[] filled =
        [
            .. rows.SelectMany(row => Enumerable.Range(input.Offsets[row], input.Offsets[row + 1] - input.Offsets[row])),
        ];
        var offsets = new int[rows.Count + 1];
        for (int row = 0; row < rows.Count; row++)
            offsets[row + 1] = offsets[row] + input.Offsets[rows[row] + 1] - input.Offsets[rows[row]];
        return new(input.Shape, [.. filled.SelectMany(cell => input.Values.AsSpan(cell * width, width).ToArray())])
        {
            Offsets = offsets,
            Cells = input.Shape.IsGrid ? [.. filled.Select(cell => input.Cells[cell])] : [],
        };
    }

    private static GridPart Part(string name, int cells, int[] features, IReadOnlyList<GridStep> steps, double dropout) => new(
        name,
        [new($"{name}_egamma", features[0], cells, cells), new($"{name}_hadrons", features[1], cells, cells)],
        [new([6, 4], "prelu", dropout), new([3], "relu", dropout)],
        new([7, 4], "tanh", dropout),
        new(steps, "prelu", dropout));

    private static SortedSet<int> Some(int count, int of, ref CounterRandom random)
    {
        var some = new SortedSet<int>();
        while (some.Count < Math.Min(count, of)) some.Add((int)(random.NextDouble() * of));
        return some;
    }

    private static float[] Normal(int count, ref CounterRandom random)
    {
        var values = new float[count];
        for (int i = 0; i < count; i++) values[i] = (float)random.NextNormal();
        return values;
    }
}
