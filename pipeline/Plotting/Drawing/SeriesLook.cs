using System.Text.Json.Nodes;

namespace TauPipeline.Plotting;

/// <summary>Name, colour, dash and marker of one series, and what of it the legend shows.</summary>
internal sealed record SeriesLook(string Name, string Color, LineDash Dash, string Marker)
{
    public bool Line { get; init; }

    public bool Band { get; init; }

    public bool Points { get; init; }

    /// <summary>Colour by the field <c>series</c>.</summary>
    public static JsonObject ColorScale(IReadOnlyList<SeriesLook> all) => Scale(all, look => look.Color);

    /// <summary>Line pattern by the field <c>series</c>.</summary>
    public static JsonObject DashScale(IReadOnlyList<SeriesLook> all) => Scale(all, look => Palette.Pattern(look.Dash));

    /// <summary>Marker by the field <c>series</c>.</summary>
    public static JsonObject MarkerScale(IReadOnlyList<SeriesLook> all) => Scale(all, look => look.Marker);

    private static JsonObject Scale(IReadOnlyList<SeriesLook> all, Func<SeriesLook, JsonNode> look) => new()
    {
        ["field"] = "series",
        ["type"] = "nominal",
        ["legend"] = null,
        ["scale"] = new JsonObject
        {
            ["domain"] = new JsonArray([.. all.Select(one => (JsonNode)one.Name)]),
            ["range"] = new JsonArray([.. all.Select(look)]),
        },
    };
}
