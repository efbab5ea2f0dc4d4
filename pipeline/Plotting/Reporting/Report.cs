namespace TauPipeline.Plotting;

/// <summary>What a report page says, before it is a page.</summary>
public sealed record Report
{
    /// <summary>The page's title.</summary>
    public required string Title { get; init; }

    /// <summary>One line below it.</summary>
    public string Subtitle { get; init; } = "";

    /// <summary>What must be read first: a quick look, too few candidates.</summary>
    public IReadOnlyList<ReportNote> Notes { get; init; } = [];

    /// <summary>The few numbers one came for.</summary>
    public IReadOnlyList<ReportCard> Cards { get; init; } = [];

    /// <summary>The sections, each with an entry in the navigation.</summary>
    public required IReadOnlyList<ReportSection> Sections { get; init; }
}

/// <summary>A number in large letters.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">The number, with unit.</param>
/// <param name="Detail">Error, denominator or source.</param>
public sealed record ReportCard(string Label, string Value, string Detail = "");

/// <summary>A heading and what stands below it.</summary>
public sealed record ReportSection(string Title, IReadOnlyList<ReportBlock> Blocks);
