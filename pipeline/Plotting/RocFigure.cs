using TauPipeline.Foundation;

namespace TauPipeline.Plotting;

/// <summary>ROC curves with error bands and working points, and below them their ratio to one of them.</summary>
public sealed record RocFigure : IFigure
{
    /// <inheritdoc/>
    public required string Title { get; init; }

    /// <inheritdoc/>
    public string Caption { get; init; } = "";

    /// <summary>The efficiency's axis.</summary>
    public PlotAxis X { get; init; } = new("Efficiency");

    /// <summary>The axis of the misidentification rate, or of its inverse.</summary>
    public PlotAxis Y { get; init; } = new("Misidentification rate", Log: true);

    /// <summary>The curves; thinned to what an eye can see when drawn.</summary>
    public required IReadOnlyList<Curve> Curves { get; init; }

    /// <summary>Working points, drawn with error bars in the colour of the curve whose name they carry.</summary>
    public IReadOnlyList<RocMarker> Points { get; init; } = [];

    /// <summary>Name of the curve that the lower panel divides by; no lower panel if <see langword="null"/>.</summary>
    public string? Reference { get; init; }

    /// <summary>The lower panel's axis.</summary>
    public PlotAxis Ratio { get; init; } = new("Ratio");

    /// <summary>Lines inside the frame: bins of pt, eta, decay mode.</summary>
    public IReadOnlyList<string> Text { get; init; } = [];

    /// <summary>Width of the frame in pixels.</summary>
    public int Width { get; init; } = 560;

    /// <summary>Height of the upper frame in pixels; the lower one has a third of it.</summary>
    public int Height { get; init; } = 400;

    /// <inheritdoc/>
    public string VegaLite(PlotTheme theme)
    {
        foreach (Curve curve in Curves) curve.Check();
        if (Reference is not null && Curves.All(curve => curve.Name != Reference))
            throw new Defect(
                new ErrorText(
                    $"figure '{Title}' has no reference curve '{Reference}'",
                    [("curves", string.Join(", ", Curves.Select(curve => curve.Name)))]));
        return new RocDrawing(this, theme).Specification();
    }
}

/// <summary>A working point: where it lies, and its errors as ends of intervals.</summary>
/// <param name="Series">The curve it belongs to, or a name of its own.</param>
/// <param name="Name">The working point, say <c>Tight</c>.</param>
/// <param name="X">Efficiency with its interval.</param>
/// <param name="Y">Misidentification rate with its interval.</param>
public sealed record RocMarker(string Series, string Name, ErrorBar X, ErrorBar Y);

/// <summary>A value and the ends of its confidence interval.</summary>
public readonly record struct ErrorBar(double Value, double Low, double High);
