using TauPipeline.Foundation;

namespace TauPipeline.Plotting;

/// <summary>A line through points in the order given, with an optional error band.</summary>
/// <param name="Name">What the legend says.</param>
/// <param name="X">Abscissas.</param>
/// <param name="Y">Ordinates, as many as <paramref name="X"/>.</param>
/// <param name="Low">Lower edge of the band (a value, not a distance), or <see langword="null"/> for none.</param>
/// <param name="High">Upper edge of the band, given together with <paramref name="Low"/>.</param>
/// <param name="Style">How it is drawn; the next colour and dash of the palette if <see langword="null"/>.</param>
public sealed record Curve(string Name, double[] X, double[] Y, double[]? Low = null, double[]? High = null, CurveStyle? Style = null)
{
    /// <summary>
    /// Points before this abscissa rest on too few rows and are dotted finely; x must rise. Nothing is, if not given.
    /// </summary>
    public double ThinBelow { get; init; } = double.NegativeInfinity;

    internal bool HasBand => Low is not null;

    /// <summary>How many points, from the first, are thin.</summary>
    internal int ThinPoints => Array.FindIndex(X, x => x >= ThinBelow) is >= 0 and var first ? first : X.Length;

    internal void Check()
    {
        if (
            X.Length != Y.Length
            || (Low is null) != (High is null)
            || (Low is not null && (Low.Length != X.Length || High!.Length != X.Length)))
            throw new Defect(new ErrorText($"the arrays of curve '{Name}' differ in length",
                [("x, y", $"{X.Length}, {Y.Length}"), ("low, high", $"{Low?.Length ?? 0}, {High?.Length ?? 0}")]));
    }

    internal Curve At(IReadOnlyList<int> indices) =>
        this with
        {
            X = Pick(X, indices),
            Y = Pick(Y, indices),
            Low = Low is null ? null : Pick(Low, indices),
            High = High is null ? null : Pick(High, indices),
        };

    private static double[] Pick(double[] values, IReadOnlyList<int> indices) => [.. indices.Select(index => values[index])];
}

/// <summary>Colour (as in CSS) and dash of a line; what is <see langword="null"/> is chosen by the palette.</summary>
public sealed record CurveStyle(string? Color = null, LineDash? Dash = null);

/// <summary>Line patterns that can be told apart in print without colour.</summary>
public enum LineDash
{
    /// <summary>Unbroken.</summary>
    Solid,
    /// <summary>Long dashes.</summary>
    Dashed,
    /// <summary>Dots.</summary>
    Dotted,
    /// <summary>Dash and dot in turn.</summary>
    DashDotted,
    /// <summary>Short dashes.</summary>
    ShortDashed,
}
