namespace TauPipeline.Plotting;

/// <summary>Something that stands in a section.</summary>
public abstract record ReportBlock;

/// <summary>A paragraph of plain text.</summary>
public sealed record ReportText(string Text) : ReportBlock;

/// <summary>A paragraph that must not be missed.</summary>
public sealed record ReportNote(string Text, NoteKind Kind = NoteKind.Remark) : ReportBlock;

/// <summary>How loud a note is.</summary>
public enum NoteKind
{
    /// <summary>Good to know.</summary>
    Remark,
    /// <summary>Without knowing this the numbers mislead.</summary>
    Warning,
}

/// <summary>Text as it is, in letters of equal width: settings, a command line.</summary>
public sealed record ReportCode(string Text) : ReportBlock;

/// <summary>Blocks that show when asked for.</summary>
public sealed record ReportDetails(string Summary, IReadOnlyList<ReportBlock> Blocks) : ReportBlock;

/// <summary>A table whose rows a reader can sort by each column.</summary>
/// <param name="Caption">What it lists.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">Cells, as many in each row as there are columns.</param>
public sealed record ReportTable(string Caption, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
    : ReportBlock;

/// <summary>A column's heading, and whether it is set and sorted as numbers.</summary>
public sealed record ReportColumn(string Title, bool Number = false);

/// <summary>A figure one can hover; without scripts, and on paper, its SVG.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Caption">What a reader must know to trust it.</param>
/// <param name="VegaLite">Its specification, with hovering.</param>
/// <param name="Svg">Its picture, or <see langword="null"/> for none.</param>
/// <param name="Files">Label and path, relative to the page, of the same figure as files.</param>
public sealed record ReportFigure(
    string Title,
    string Caption,
    string VegaLite,
    string? Svg,
    IReadOnlyList<(string Label, string Path)> Files) : ReportBlock
{
    /// <summary>A figure with its picture as drawn from the same theme without hovering.</summary>
    public static ReportFigure Of(IFigure figure, PlotTheme theme, string? svg, params (string Label, string Path)[] files) =>
        new(figure.Title, figure.Caption, figure.VegaLite(theme with { Hover = true }), svg, files);
}
