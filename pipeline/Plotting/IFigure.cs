namespace TauPipeline.Plotting;

/// <summary>A figure: numbers and labels that know how they are drawn.</summary>
public interface IFigure
{
    /// <summary>What the figure shows, in a few words; not drawn into it.</summary>
    string Title { get; }

    /// <summary>What a reader must know to trust it: denominators, selections, what the errors are.</summary>
    string Caption { get; }

    /// <summary>The Vega-Lite specification with its data inline; the same numbers give the same text.</summary>
    /// <exception cref="Foundation.Defect">Arrays that belong together have different lengths.</exception>
    string VegaLite(PlotTheme theme);
}
