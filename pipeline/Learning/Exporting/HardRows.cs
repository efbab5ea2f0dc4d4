using TauPipeline.Physics;

namespace TauPipeline.Learning;

/// <summary>
/// Rows at the edges of what a network may meet: everything missing, infinite, zero or huge; no constituent, one in each corner, all cells
/// full. Where a feature refuses a value, it is 0 before scaling instead.
/// </summary>
public sealed class HardRows
{
    private static readonly (string Name, float Value)[] Extremes =
    [
        ("all missing", float.NaN),
        ("all infinite", float.PositiveInfinity),
        ("all negative infinite", float.NegativeInfinity),
        ("all zero", 0),
        ("all huge", 1e30f),
        ("all hugely negative", -1e30f),
    ];

    // By name, whether a cell is filled.
    private static readonly (string Name, Func<InputShape, int, bool> IsFilled)[] Fillings =
    [
        ("no constituent", (_, _) => false),
        ("a constituent in each corner",
            (grid, cell) => (cell / grid.PhiCells) % (grid.EtaCells - 1) == 0 && (cell % grid.PhiCells) % (grid.PhiCells - 1) == 0),
        ("all cells full", (_, _) => true),
    ];

    /// <summary>The rows of a network.</summary>
    /// <param name="shape">Its shape.</param>
    /// <param name="scales">The scaling of each feature of <c>tau</c>.</param>
    public HardRows(NetworkShape shape, IReadOnlyList<FeatureScale> scales)
    {
        var fillings = shape.Inputs.Any(input => input.IsGrid) ? Fillings : Fillings[..1];
        Names = [.. from extreme in Extremes from filling in fillings select Name(extreme.Name, filling.Name, fillings.Length > 1)];
        float[] values = [.. from extreme in Extremes from _ in fillings select extreme.Value];
        (Unscaled, float[] scaled) = (new float[values.Length * scales.Count], new float[values.Length * scales.Count]);
        for (int at = 0; at < Unscaled.Length; at++)
        {
            FeatureScale scale = scales[at % scales.Count];
            Span<float> to = scaled.AsSpan(at, 1);
            float[] value = [values[at / scales.Count]];
            if (scale.NonFinite == NonFinite.Zero && !float.IsFinite(value[0])) value[0] = 0;
            if (!scale.TryApply(value, to))
            {
                value[0] = 0;
                scale.Apply(value, to);
            }
            Unscaled[at] = value[0];
        }
        Inputs = [.. shape.Inputs.Select(input => input.IsGrid ? Grid(input, values.Length) : new InputRows(input, scaled))];
    }

    /// <summary>What is hard about each row.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The features of <c>tau</c> before scaling.</summary>
    public float[] Unscaled { get; }

    /// <summary>All inputs.</summary>
    public IReadOnlyList<InputRows> Inputs { get; }

    private static string Name(string extreme, string filling, bool hasGrids) => hasGrids ? $"{extreme}, {filling}" : extreme;

    // Cells hold the ends of the range that features are cut at, in turn.
    private static InputRows Grid(InputShape grid, int rows)
    {
        var offsets = new List<int> { 0 };
        var cells = new List<int>();
        for (int row = 0; row < rows; row++)
        {
            cells.AddRange(Enumerable.Range(0, grid.Cells).Where(cell => Fillings[row % Fillings.Length].IsFilled(grid, cell)));
            offsets.Add(cells.Count);
        }
        float[] values = [.. Enumerable.Range(0, cells.Count * grid.Features).Select(at => at % 3 == 0 ? -5f : at % 3 == 1 ? 5f : 0.5f)];
        return new(grid, values) { Offsets = [.. offsets], Cells = [.. cells] };
    }
}
