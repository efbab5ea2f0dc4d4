namespace TauPipeline.Plotting;

/// <summary>Efficiency and misidentification rate of each working point in bins of one variable, side by side.</summary>
public sealed record EfficiencyFigure : IFigure
{
    /// <inheritdoc/>
    public required string Title { get; init; }

    /// <inheritdoc/>
    public string Caption { get; init; } = "";

    /// <summary>The variable's axis, common to both panels.</summary>
    public required PlotAxis X { get; init; }

    /// <summary>Bin edges, ascending.</summary>
    public required double[] Edges { get; init; }

    /// <summary>The left panel: genuine taus.</summary>
    public required EfficiencyPanel Genuine { get; init; }

    /// <summary>The right panel: fakes.</summary>
    public required EfficiencyPanel Misidentified { get; init; }

    /// <summary>Lines inside the left frame.</summary>
    public IReadOnlyList<string> Text { get; init; } = [];

    /// <summary>Width of one frame in pixels.</summary>
    public int Width { get; init; } = 400;

    /// <summary>Height of the frames in pixels.</summary>
    public int Height { get; init; } = 360;

    /// <inheritdoc/>
    public string VegaLite(PlotTheme theme)
    {
        foreach (EfficiencySeries series in Genuine.Series.Concat(Misidentified.Series)) series.Check(Edges.Length - 1);
        return new EfficiencyDrawing(this, theme).Specification();
    }
}

/// <summary>One frame of an efficiency figure.</summary>
/// <param name="Y">Its axis.</param>
/// <param name="Series">One for each working point, from loose to tight; both panels name the same ones.</param>
public sealed record EfficiencyPanel(PlotAxis Y, IReadOnlyList<EfficiencySeries> Series);
