namespace TauPipeline.Plotting;

/// <summary>One axis of a figure.</summary>
/// <param name="Label">Quantity with unit, say <c>pT [GeV]</c>.</param>
/// <param name="Log">Whether it is logarithmic; then values that are not above zero are left out.</param>
public sealed record PlotAxis(string Label, bool Log = false)
{
    /// <summary>First and last value shown; chosen from the data if <see langword="null"/>.</summary>
    public (double Low, double High)? Range { get; init; }

    /// <summary>Places with a text instead of a number, say decay modes; chosen from the range if empty.</summary>
    public IReadOnlyList<AxisTick> Ticks { get; init; } = [];
}

/// <summary>A labelled place on an axis; one with an empty label is a minor tick.</summary>
public readonly record struct AxisTick(double At, string Label);
