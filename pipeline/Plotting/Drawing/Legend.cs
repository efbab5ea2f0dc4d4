using System.Text.Json.Nodes;

namespace TauPipeline.Plotting;

/// <summary>A legend drawn from plain marks, so that its place does not depend on estimated text widths.</summary>
internal static class Legend
{
    private const double Swatch = 34;
    private const double Gap = 9;

    /// <summary>The left side of a legend that ends at the right side of the frame.</summary>
    public static double AtRight(Panel panel, IReadOnlyList<SeriesLook> looks, PlotTheme theme) =>
        panel.Width - 16 - Swatch - Gap - looks.Max(look => TextWidth.Regular(look.Name, theme.FontSize));

    /// <summary>Draws one row for each series, downward from a place in pixels.</summary>
    /// <param name="panel">Where it is drawn.</param>
    /// <param name="looks">The rows.</param>
    /// <param name="left">Pixels from the frame's left side.</param>
    /// <param name="theme">Gives the size of the text.</param>
    public static void Draw(Panel panel, IReadOnlyList<SeriesLook> looks, double left, PlotTheme theme)
    {
        double row = Math.Round(theme.FontSize * 1.5), top = row;
        JsonArray Rows(Func<SeriesLook, bool> shown) =>
            [
                .. looks.Select((look, index) => (look, index))
                    .Where(item => shown(item.look))
                    .Select(item =>
                        (JsonNode)
                            new JsonObject
        {
            ["series"] = item.look.Name,
            ["left"] = left,
            ["middle"] = left + (Swatch / 2),
            ["right"] = left + Swatch,
            ["text"] = left + Swatch + Gap,
            ["y"] = top + (item.index * row), ["top"] = top + (item.index * row) - 6, ["bottom"] = top + (item.index * row) + 6,
        })];
        JsonObject color = SeriesLook.ColorScale(looks);

        if (looks.Any(look => look.Band))
            panel.Add(Rows(look => look.Band), new JsonObject { ["type"] = "rect", ["opacity"] = Marks.BandOpacity },
                new JsonObject
                {
                    ["x"] = Panel.Pixel("left"),
                    ["x2"] = new JsonObject { ["field"] = "right" },
                    ["y"] = Panel.Pixel("top"),
                    ["y2"] = new JsonObject { ["field"] = "bottom" },
                    ["color"] = color.DeepClone(),
                });
        if (looks.Any(look => look.Line))
            panel.Add(Rows(look => look.Line), new JsonObject { ["type"] = "rule", ["strokeWidth"] = Marks.LineWidth },
                new JsonObject
                {
                    ["x"] = Panel.Pixel("left"),
                    ["x2"] = new JsonObject { ["field"] = "right" },
                    ["y"] = Panel.Pixel("y"),
                    ["color"] = color.DeepClone(),
                    ["strokeDash"] = SeriesLook.DashScale(looks),
                });
        if (looks.Any(look => look.Points))
            panel.Add(Rows(look => look.Points), Marks.Point(clip: false),
                new JsonObject
                {
                    ["x"] = Panel.Pixel("middle"),
                    ["y"] = Panel.Pixel("y"),
                    ["color"] = color.DeepClone(),
                    ["shape"] = SeriesLook.MarkerScale(looks),
                });
        panel.Add(
            Rows(_ => true),
            new JsonObject
            {
                ["type"] = "text",
                ["align"] = "left",
                ["baseline"] = "middle",
                ["fontSize"] = theme.FontSize,
            },
            new JsonObject { ["x"] = Panel.Pixel("text"), ["y"] = Panel.Pixel("y"), ["text"] = new JsonObject { ["field"] = "series" } });
    }
}
