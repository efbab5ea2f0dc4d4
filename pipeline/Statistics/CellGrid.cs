using TauPipeline.Foundation;

namespace TauPipeline.Statistics;

/// <summary>Cells of several variables, numbered with the last one innermost.</summary>
public sealed class CellGrid
{
    private readonly int[] _strides;

    /// <summary>The product of these cells.</summary>
    /// <exception cref="Misuse">There is no variable, or there are more cells than can be counted in.</exception>
    public CellGrid(IReadOnlyList<CellEdges> axes)
    {
        Axes = axes;
        _strides = new int[axes.Count];
        long count = 1;
        for (int axis = axes.Count - 1; axis >= 0; axis--)
        {
            _strides[axis] = (int)Math.Min(count, int.MaxValue);
            count *= axes[axis].Count;
            if (count > MostCells) throw StatisticsErrors.TooManyCells(count, MostCells);
        }
        Count = axes.Count == 0 ? throw StatisticsErrors.TooManyCells(0, MostCells) : (int)count;
    }

    private const int MostCells = 10_000_000;

    /// <summary>The variables, outermost first.</summary>
    public IReadOnlyList<CellEdges> Axes { get; }

    /// <summary>Number of cells.</summary>
    public int Count { get; }

    /// <summary>The cell of each entry, or <see cref="CellEdges.Outside"/> if one variable has none; one list of values a variable.</summary>
    public int[] Find(IReadOnlyList<double[]> values)
    {
        var cells = new int[values[0].Length];
        for (int axis = 0; axis < Axes.Count; axis++)
        {
            CellEdges edges = Axes[axis];
            double[] column = values[axis];
            for (int i = 0; i < cells.Length; i++)
            {
                if (cells[i] < 0) continue;
                int cell = edges.Find(column[i]);
                cells[i] = cell < 0 ? CellEdges.Outside : cells[i] + cell * _strides[axis];
            }
        }
        return cells;
    }

    /// <summary>The place of a cell along each variable.</summary>
    public int[] At(int cell)
    {
        var at = new int[Axes.Count];
        for (int axis = 0; axis < at.Length; axis++) at[axis] = cell / _strides[axis] % Axes[axis].Count;
        return at;
    }

    /// <summary>Says which cell this is, for messages: <c>pt 20-30, eta below -2.5</c>.</summary>
    public string Name(int cell, IReadOnlyList<string> variables)
    {
        int[] at = At(cell);
        return string.Join(", ", variables.Select((name, axis) => $"{name} {Between(Axes[axis].Edges, at[axis])}"));
    }

    private static string Between(IReadOnlyList<double> edges, int cell) => (edges[cell], edges[cell + 1]) switch
    {
        (double.NegativeInfinity, var high) => FormattableString.Invariant($"below {high}"),
        (var low, double.PositiveInfinity) => FormattableString.Invariant($"from {low}"),
        var (low, high) => FormattableString.Invariant($"{low} to {high}"),
    };
}
