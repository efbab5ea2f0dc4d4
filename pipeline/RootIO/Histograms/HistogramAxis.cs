namespace TauPipeline.RootIO;

/// <summary>The bins of a histogram along one axis; below the first there is an underflow bin, above the last an overflow bin.</summary>
/// <param name="Bins">Number of bins without those two.</param>
/// <param name="Low">Lower edge of the first bin.</param>
/// <param name="High">Upper edge of the last bin.</param>
public sealed record HistogramAxis(int Bins, double Low, double High)
{
    private double[] Given { get; init; } = [];

    /// <summary>An axis of bins between these edges, ascending.</summary>
    public static HistogramAxis Between(IReadOnlyList<double> edges) => new(edges.Count - 1, edges[0], edges[^1]) { Given = [.. edges] };

    /// <summary>The axis' title, often with its unit.</summary>
    public string Title { get; init; } = "";

    /// <summary>Whether bins differ in width.</summary>
    public bool IsVariable => Given.Length > 0;

    /// <summary>All edges: one more than bins.</summary>
    public double[] Edges()
    {
        if (IsVariable) return [.. Given];
        var edges = new double[Bins + 1];
        double width = (High - Low) / Bins;
        for (int i = 0; i < Bins; i++) edges[i] = Low + i * width;
        edges[Bins] = High;
        return edges;
    }
}
