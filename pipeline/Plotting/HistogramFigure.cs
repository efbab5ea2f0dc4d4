namespace TauPipeline.Plotting;

/// <summary>Densities of one quantity for several classes in common bins.</summary>
public sealed record HistogramFigure : IFigure
{
    /// <inheritdoc/>
    public required string Title { get; init; }

    /// <inheritdoc/>
    public string Caption { get; init; } = "";

    /// <summary>The quantity's axis.</summary>
    public required PlotAxis X { get; init; }

    /// <summary>The density's axis.</summary>
    public PlotAxis Y { get; init; } = new("Density");

    /// <summary>Bin edges, ascending, one more than each series has bins.</summary>
    public required double[] Edges { get; init; }

    /// <summary>What is drawn over each other, first at the bottom.</summary>
    public required IReadOnlyList<HistogramSeries> Series { get; init; }

    /// <summary>Lines inside the frame.</summary>
    public IReadOnlyList<string> Text { get; init; } = [];

    /// <summary>Width of the frame in pixels.</summary>
    public int Width { get; init; } = 420;

    /// <summary>Height of the frame in pixels.</summary>
    public int Height { get; init; } = 300;

    /// <inheritdoc/>
    public string VegaLite(PlotTheme theme)
    {
        foreach (HistogramSeries series in Series) series.Check(Edges.Length - 1);
        return new HistogramDrawing(this, theme).Specification();
    }
}
