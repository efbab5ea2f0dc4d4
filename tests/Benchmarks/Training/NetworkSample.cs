using TauPipeline.Foundation;
using TauPipeline.Learning;

namespace TauPipeline.Tests.Benchmarks;

/// <summary>Networks to time, and rows of random numbers for them: the same batch again and again.</summary>
internal static class NetworkSample
{
    /// <summary>Rows of a batch: dense, the large network takes gigabytes for more.</summary>
    public static int RowsOf(string network) => network == "small" ? 400 : 40;

    // Of the cells of a candidate, as in the measurement of the specification.
    private const double Filled = 0.08;

    /// <summary>One grid of 11 x 11 cells of 64 features, five windows, 378,688 parameters; or DeepTau v2.5.</summary>
    public static GridNetworkShape Shape(string network) => network == "small"
        ? new(43, Stack(100, 57), [Part("inner", 11, [64], [Stack(100, 100, 100, 64)], Stack())], Dense(), 4, EmptyGridCells.Skip)
        : new(43, Stack(104, 74, 52), [DeepTau("inner", 11), DeepTau("outer", 21)], Dense(), 4, EmptyGridCells.Skip);

    /// <summary>A batch; <paramref name="isDense"/> lists every cell, and most of them are nought.</summary>
    public static TrainingBatch Rows(GridNetworkShape shape, int rows, bool isDense)
    {
        var random = new CounterRandom(1, 1);
        float[] tau = [.. Enumerable.Range(0, rows * shape.TauFeatures).Select(_ => (float)random.NextNormal())];
        var inputs = new List<InputRows> { new(shape.Inputs[0], tau) };
        foreach (GridPart grid in shape.Grids)
        {
            InputShape cells = grid.Inputs[0];
            bool[][] isFilled =
            [
                .. Enumerable.Range(0, rows)
                    .Select(_ => (bool[])[.. Enumerable.Range(0, cells.Cells).Select(_ => random.NextDouble() < Filled)]),
            ];
            int[][] listed = [.. isFilled.Select(row => (int[])[.. Enumerable.Range(0, cells.Cells).Where(cell => isDense || row[cell])])];
            int[] offsets = [0, .. listed.Select((_, row) => listed.Take(row + 1).Sum(some => some.Length))];
            foreach (InputShape input in grid.Inputs)
                inputs.Add(new(
                    input,
                    [
                        .. listed.SelectMany((some, row) => some.SelectMany(cell =>
                            Enumerable.Range(0, input.Features).Select(_ => isFilled[row][cell] ? (float)random.NextNormal() : 0))),
                    ])
                { Offsets = offsets, Cells = [.. listed.SelectMany(some => some)] });
        }
        int[] labels = [.. Enumerable.Range(0, rows).Select(row => row % 4)];
        return new(rows, inputs, labels, [.. labels.Select(_ => 1f)]);
    }

    private static GridPart DeepTau(string name, int cells) => Part(
        name, cells, [86, 64, 38], [Stack(207, 129, 104), Stack(154, 96, 77), Stack(92, 57, 46)], Stack(227, 141, 88, 64));

    private static GridPart Part(string name, int cells, int[] features, LayerStack[] components, LayerStack merge) => new(
        name,
        [.. features.Select((width, i) => new InputShape($"{name}_{i}", width, cells, cells))],
        components,
        merge,
        new(GridReduction.DeepTau(cells, 64, 3), "prelu", 0.2));

    private static LayerStack Dense() => Stack(200, 200, 200, 200);

    private static LayerStack Stack(params int[] widths) => new(widths, "prelu", 0.2);
}
