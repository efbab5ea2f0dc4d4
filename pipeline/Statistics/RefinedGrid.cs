namespace TauPipeline.Statistics;

/// <summary>
/// Cells cut into equal parts along every variable, with numbers of the cells carried over by a cubic spline: UPP's <c>upscale_pdf</c>
/// (atlas-upp 6.3). Each run of cells of one width is interpolated by itself. What comes out below zero is zero.
/// </summary>
/// <param name="coarse">Cells without overflow.</param>
/// <param name="parts">Parts of each cell along each variable; 1 leaves all as it is.</param>
public sealed class RefinedGrid(CellGrid coarse, int parts)
{
    /// <summary>The cells that the others are cut into.</summary>
    public CellGrid Cells { get; } = parts == 1 ? coarse : new([.. coarse.Axes.Select(axis => Cut(axis, parts))]);

    /// <summary>Numbers of the coarse cells, for each fine one.</summary>
    public double[] Of(IReadOnlyList<double> values)
    {
        double[] refined = [.. values];
        if (parts == 1) return refined;
        for (int axis = 0; axis < coarse.Axes.Count; axis++) refined = Along(axis, refined);
        return Array.ConvertAll(refined, value => Math.Max(0, value));
    }

    // The variables before this one are cut already, those behind it are not.
    private double[] Along(int axis, double[] values)
    {
        int cells = coarse.Axes[axis].Count, inner = coarse.Axes.Skip(axis + 1).Aggregate(1, (count, one) => count * one.Count);
        var refined = new double[values.Length * parts];
        var line = new double[cells];
        for (int outer = 0; outer < values.Length / (cells * inner); outer++)
            for (int at = 0; at < inner; at++)
            {
                for (int cell = 0; cell < cells; cell++) line[cell] = values[(outer * cells + cell) * inner + at];
                int fine = 0;
                foreach (Range run in Runs(coarse.Axes[axis].Inner))
                    foreach (double value in CubicSpline.Refined(line.AsSpan()[run], parts))
                        refined[(outer * cells * parts + fine++) * inner + at] = value;
            }
        return refined;
    }

    private static List<Range> Runs(BinEdges edges)
    {
        var runs = new List<Range>();
        int first = 0;
        for (int bin = 1; bin <= edges.Count; bin++)
            if (bin == edges.Count || Math.Abs(edges.Width(bin) - edges.Width(first)) > 1e-9 * edges.Width(first))
            {
                runs.Add(first..bin);
                first = bin;
            }
        return runs;
    }

    private static CellEdges Cut(CellEdges axis, int parts)
    {
        var edges = new List<double> { axis.Inner.Low };
        for (int bin = 0; bin < axis.Inner.Count; bin++)
            edges.AddRange(CellEdges.Steps(axis.Inner.Edges[bin], axis.Inner.Edges[bin + 1], parts).Skip(1));
        return axis with { Inner = new BinEdges([.. edges]) };
    }
}
