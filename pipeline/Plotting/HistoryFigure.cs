namespace TauPipeline.Plotting;

/// <summary>A quantity epoch by epoch: the losses of a training, and the epoch whose model was kept.</summary>
public sealed record HistoryFigure : IFigure
{
    /// <inheritdoc/>
    public required string Title { get; init; }

    /// <inheritdoc/>
    public string Caption { get; init; } = "";

    /// <summary>The epochs' axis.</summary>
    public PlotAxis X { get; init; } = new("Epoch");

    /// <summary>The quantity's axis.</summary>
    public PlotAxis Y { get; init; } = new("Loss");

    /// <summary>Train, validation and whatever else; X holds epochs counted from one.</summary>
    public required IReadOnlyList<Curve> Curves { get; init; }

    /// <summary>The epoch that was kept; no mark if <see langword="null"/>.</summary>
    public int? BestEpoch { get; init; }

    /// <summary>Lines inside the frame.</summary>
    public IReadOnlyList<string> Text { get; init; } = [];

    /// <summary>Width of the frame in pixels.</summary>
    public int Width { get; init; } = 560;

    /// <summary>Height of the frame in pixels.</summary>
    public int Height { get; init; } = 320;

    /// <inheritdoc/>
    public string VegaLite(PlotTheme theme)
    {
        foreach (Curve curve in Curves) curve.Check();
        return new HistoryDrawing(this, theme).Specification();
    }
}
