using System.Text.Json.Nodes;

namespace TauPipeline.Plotting;

/// <summary>The marks all figures share.</summary>
internal static class Marks
{
    public const double BandOpacity = 0.25;
    public const double LineWidth = 2.2;

    public static JsonObject Line(string interpolate = "linear") =>
        new()
        {
            ["type"] = "line",
            ["strokeWidth"] = LineWidth,
            ["interpolate"] = interpolate,
            ["clip"] = true,
        };

    /// <summary>The piece of a curve that is not to be trusted.</summary>
    public static JsonObject ThinLine()
    {
        JsonObject line = Line();
        line["strokeWidth"] = 1.4;
        line["strokeDash"] = new JsonArray(1, 4);
        return line;
    }

    public static JsonObject Band() => new() { ["type"] = "area", ["opacity"] = BandOpacity, ["clip"] = true };

    public static JsonObject Point(bool clip = true) =>
        new()
        {
            ["type"] = "point",
            ["filled"] = true,
            ["size"] = 60,
            ["opacity"] = 1,
            ["clip"] = clip,
        };

    public static JsonObject ErrorBar() => new() { ["type"] = "rule", ["strokeWidth"] = 1.5, ["clip"] = true };

    /// <summary>A thin dashed line across the frame.</summary>
    public static JsonObject GuideLine() =>
        new()
        {
            ["type"] = "rule",
            ["strokeWidth"] = 1,
            ["strokeDash"] = new JsonArray(4, 4),
            ["color"] = "#555555",
            ["clip"] = true,
        };

    public static JsonObject Tooltip(string field, string title) => new() { ["field"] = field, ["title"] = title, ["type"] = "nominal" };

    // vega-lite 6.4.1 looks for texts, unlike numbers, one level too high in the cells around the points of a hover layer.
    public static JsonObject NearTooltip(string field, string title) => Tooltip($"datum.{field}", title);

    public static JsonObject NumberTooltip(string field, string title) =>
        new()
        {
            ["field"] = field,
            ["title"] = title,
            ["type"] = "quantitative",
            ["format"] = ".4~g",
        };
}
