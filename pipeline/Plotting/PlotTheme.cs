namespace TauPipeline.Plotting;

/// <summary>How all figures of a campaign look. No experiment's name is ever drawn unless it is put here.</summary>
public sealed record PlotTheme
{
    /// <summary>Bold text above the left corner of the frame, say <c>CMS</c>; empty for none.</summary>
    public string Header { get; init; } = "";

    /// <summary>Text after the header, say <c>Simulation Preliminary</c>.</summary>
    public string SubHeader { get; init; } = "";

    /// <summary>Text above the right corner of the frame, say the period or the energy.</summary>
    public string RightHeader { get; init; } = "";

    /// <summary>The font's family, with fall-backs; PDF always embeds DejaVu Sans.</summary>
    public string Font { get; init; } = "DejaVu Sans, Verdana, sans-serif";

    /// <summary>Size of tick labels, legend and text in pixels; titles are larger in proportion.</summary>
    public double FontSize { get; init; } = 14;

    /// <summary>Colours for unordered series, overriding the palette.</summary>
    public IReadOnlyList<string> Colors { get; init; } = [];

    /// <summary>Whether the figure answers the pointer: for a page, never for paper.</summary>
    public bool Hover { get; init; }
}
