namespace TauPipeline.Statistics;

/// <summary>
/// Cells of one variable as training samples are balanced in: low &lt;= value &lt; high, with a cell below and one above all edges, or
/// without; then the last cell holds its upper edge too (UPP, section 4.3).
/// </summary>
/// <param name="Inner">The finite edges.</param>
/// <param name="HasOverflow">Whether values below and above have cells of their own.</param>
public sealed record CellEdges(BinEdges Inner, bool HasOverflow)
{
    /// <summary>What <see cref="Find"/> gives for a value in no cell.</summary>
    public const int Outside = -1;

    /// <summary>Number of cells.</summary>
    public int Count => Inner.Count + (HasOverflow ? 2 : 0);

    /// <summary>All edges, with those at infinity.</summary>
    public IReadOnlyList<double> Edges =>
        HasOverflow ? [double.NegativeInfinity, .. Inner.Edges, double.PositiveInfinity] : Inner.Edges;

    /// <summary>The cell of a value; <see cref="Outside"/> for NaN, and for what is beyond the edges if there is no overflow.</summary>
    public int Find(double value)
    {
        if (double.IsNaN(value)) return Outside;
        int bin = Inner.Find(value);
        if (HasOverflow) return bin + 1;
        if (bin < Inner.Count) return bin;
        return value == Inner.High ? Inner.Count - 1 : Outside;
    }

    /// <summary>Equal steps from <paramref name="low"/> to <paramref name="high"/>, rounded as NumPy's linspace does.</summary>
    public static double[] Steps(double low, double high, int bins)
    {
        var edges = new double[bins + 1];
        double step = (high - low) / bins;
        for (int i = 0; i < bins; i++) edges[i] = i * step + low;
        edges[bins] = high;
        return edges;
    }
}
