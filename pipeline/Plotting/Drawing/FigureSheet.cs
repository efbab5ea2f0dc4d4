using System.Text.Json.Nodes;

namespace TauPipeline.Plotting;

/// <summary>The whole specification: panels in a row or a column, the data they share, and the theme.</summary>
internal static class FigureSheet
{
    private const double LabelPadding = 15; // ticks point inward: their negative length pulls the labels over the axis
    private const double RoomForNumbers = 2.9;
    private const string Schema = "https://vega.github.io/schema/vega-lite/v6.json"; // a name, never loaded

    public static string Column(PlotTheme theme, JsonObject datasets, params Panel[] panels) => Sheet(theme, datasets, "vconcat", panels);

    public static string Row(PlotTheme theme, JsonObject datasets, params Panel[] panels) => Sheet(theme, datasets, "hconcat", panels);

    private static string Sheet(PlotTheme theme, JsonObject datasets, string direction, Panel[] panels)
    {
        foreach (Panel panel in panels.Where(panel => panel.LabelsX)) Lettering.AxisTitle(panel, theme);
        return SpecText.Of(Whole(theme, datasets, direction, panels));
    }

    private static JsonObject Whole(PlotTheme theme, JsonObject datasets, string direction, Panel[] panels) => new()
    {
        ["$schema"] = Schema,
        ["background"] = "white",
        ["padding"] = 12,
        ["config"] = Config(theme),
        // Flush: the frames, not their labels, stand exactly below each other.
        ["bounds"] = direction == "vconcat" ? "flush" : "full",
        ["spacing"] = direction == "vconcat" ? 14 : 28,
        [direction] = new JsonArray([.. panels.Select(panel => panel.Specification())]),
        ["datasets"] = datasets,
    };

    private static JsonObject Config(PlotTheme theme) => new()
    {
        ["aria"] = false, // a page names a figure as a whole; a label on each of a thousand marks helps nobody
        ["font"] = theme.Font,
        ["view"] = new JsonObject { ["stroke"] = "black", ["strokeWidth"] = 1.2 },
        ["axis"] = new JsonObject
        {
            ["grid"] = false,
            ["domain"] = false,
            ["tickColor"] = "black",
            ["tickWidth"] = 1.1,
            ["tickBand"] = "center",
            ["labelColor"] = "black",
            ["labelFontSize"] = theme.FontSize,
            ["labelPadding"] = LabelPadding,
            ["labelOverlap"] = false,
            ["labelFlush"] = false,
            ["titleColor"] = "black",
            ["titleFontSize"] = theme.FontSize + 2,
            ["titleFontWeight"] = "normal",
            ["titleAnchor"] = "end",
            ["titlePadding"] = 10,
        },
        // All frames of a column keep the same room for their numbers, so that the titles line up.
        ["axisLeft"] = new JsonObject { ["minExtent"] = RoomForNumbers * theme.FontSize, ["maxExtent"] = RoomForNumbers * theme.FontSize },
        ["text"] = new JsonObject { ["color"] = "black" },
    };
}
