namespace TauPipeline.Plotting;

/// <summary>Boxes beside each other along one quantity: where the middle of each lies, its box and its whiskers.</summary>
public sealed record BoxFigure : IFigure
{
    /// <inheritdoc/>
    public required string Title { get; init; }

    /// <inheritdoc/>
    public string Caption { get; init; } = "";

    /// <summary>What the boxes are of.</summary>
    public string Of { get; init; } = "";

    /// <summary>The quantity's axis, upwards.</summary>
    public required PlotAxis Y { get; init; }

    /// <summary>The boxes, from left to right.</summary>
    public required IReadOnlyList<Box> Boxes { get; init; }

    /// <summary>A dashed line across all of them; none if <see langword="null"/>.</summary>
    public double? Guide { get; init; }

    /// <summary>Lines inside the frame.</summary>
    public IReadOnlyList<string> Text { get; init; } = [];

    /// <summary>Width of the frame in pixels.</summary>
    public int Width { get; init; } = 420;

    /// <summary>Height of the frame in pixels.</summary>
    public int Height { get; init; } = 300;

    /// <inheritdoc/>
    public string VegaLite(PlotTheme theme) => new BoxDrawing(this, theme).Specification();
}

/// <summary>A box, from <see cref="Low"/> to <see cref="High"/>; what is not finite is left out.</summary>
/// <param name="Label">What stands below it.</param>
/// <param name="Low">Lower end.</param>
/// <param name="Middle">A line across.</param>
/// <param name="High">Upper end.</param>
/// <param name="Whiskers">How far the lines below and above reach; none if <see langword="null"/>.</param>
public sealed record Box(string Label, double Low, double Middle, double High, (double Low, double High)? Whiskers = null);
