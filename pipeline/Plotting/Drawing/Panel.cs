using System.Text.Json.Nodes;

namespace TauPipeline.Plotting;

/// <summary>One frame with inner ticks on all four sides, and the layers drawn in it.</summary>
internal sealed class Panel(int width, int height, AxisScale x, AxisScale y)
{
    private const int MajorTick = 8;
    private const int MinorTick = 4;
    private readonly List<JsonNode?> _layers = [];

    public AxisScale X => x;

    public AxisScale Y => y;

    public int Width => width;

    public int Height => height;

    /// <summary>Whether numbers and title stand below the frame.</summary>
    public bool LabelsX { get; init; } = true;

    /// <summary>Adds what comes on top of all added before.</summary>
    /// <param name="data">Rows, or the name of a data set of the whole figure.</param>
    /// <param name="mark">The mark and its fixed looks.</param>
    /// <param name="encoding">Which field goes where.</param>
    public void Add(JsonNode data, JsonObject mark, JsonObject encoding) => _layers.Add(Layer(data, mark, encoding));

    /// <summary>Adds what comes on top of all added before, of those rows alone that satisfy an expression of Vega.</summary>
    public void AddWhere(string filter, JsonNode data, JsonObject mark, JsonObject encoding)
    {
        JsonObject layer = Layer(data, mark, encoding);
        layer["transform"] = new JsonArray(new JsonObject { ["filter"] = filter });
        _layers.Add(layer);
    }

    /// <summary>Adds a layer of which each datum near the pointer is shown with its tooltip.</summary>
    public void AddHover(string parameter, JsonNode data, JsonObject encoding)
    {
        JsonObject layer = Layer(data, new JsonObject { ["type"] = "point", ["filled"] = true, ["size"] = 70, ["clip"] = true }, encoding);
        layer["params"] = new JsonArray(new JsonObject
        {
            ["name"] = parameter,
            ["select"] = new JsonObject { ["type"] = "point", ["on"] = "pointermove", ["clear"] = "pointerout", ["nearest"] = true },
        });
        encoding["opacity"] = new JsonObject
        {
            ["condition"] = new JsonObject
            {
                ["param"] = parameter,
                ["empty"] = false,
                ["value"] = 1,
            },
            ["value"] = 0,
        };
        _layers.Add(layer);
    }

    /// <summary>A field on the panel's x or y scale; the axes are drawn by the frame only.</summary>
    public static JsonObject Field(string name) => new() { ["field"] = name, ["type"] = "quantitative", ["axis"] = null };

    /// <summary>A field that holds pixels from the upper left corner.</summary>
    public static JsonObject Pixel(string name) => new() { ["field"] = name, ["type"] = "quantitative", ["scale"] = null, ["axis"] = null };

    public JsonObject Specification() => new()
    {
        ["width"] = width,
        ["height"] = height,
        ["resolve"] = new JsonObject { ["axis"] = new JsonObject { ["x"] = "independent", ["y"] = "independent" } },
        ["layer"] = new JsonArray([Frame(mirrored: false), Frame(mirrored: true), .. _layers]),
    };

    private static JsonObject Layer(JsonNode data, JsonObject mark, JsonObject encoding) => new()
    {
        ["data"] = data is JsonArray ? new JsonObject { ["values"] = data } : new JsonObject { ["name"] = data },
        ["mark"] = mark,
        ["encoding"] = encoding,
    };

    private JsonObject Frame(bool mirrored) =>
        Layer(
            new JsonArray(new JsonObject()),
            new JsonObject { ["type"] = "point", ["opacity"] = 0 },
            new JsonObject
            {
                ["x"] = new JsonObject
                {
                    ["datum"] = PlotNumber.Datum(x.Low),
                    ["type"] = "quantitative",
                    ["scale"] = x.Json(),
                    ["axis"] = Axis(x, mirrored ? "top" : "bottom", LabelsX && !mirrored),
                },
                ["y"] = new JsonObject
                {
                    ["datum"] = PlotNumber.Datum(y.Low),
                    ["type"] = "quantitative",
                    ["scale"] = y.Json(),
                    ["axis"] = Axis(y, mirrored ? "right" : "left", !mirrored),
                },
            });

    /// <summary>
    /// What an axis says itself: below the frame nothing of a label with an index, which is lettered, but its room is kept.
    /// </summary>
    private static string TitleOf(AxisScale scale, string side) =>
        side == "bottom" && Subscript.Split(scale.Label) is not null ? "\u00a0" : Subscript.Plain(scale.Label);

    private static JsonObject Axis(AxisScale scale, string side, bool labelled)
    {
        AxisTick[] major = [.. scale.Ticks.Where(tick => tick.Label.Length > 0)];
        string places = PlotNumber.Places(major.Select(tick => tick.At)).ToJsonString();
        var axis = new JsonObject
        {
            ["orient"] = side,
            ["values"] = PlotNumber.Places(scale.Ticks.Select(tick => tick.At)),
            ["tickSize"] = new JsonObject
            {
                ["condition"] = new JsonObject { ["test"] = $"indexof({places}, datum.value) >= 0", ["value"] = -MajorTick },
                ["value"] = -MinorTick,
            },
            ["labels"] = labelled,
            ["title"] = labelled ? TitleOf(scale, side) : null,
        };
        if (labelled)
            axis["labelExpr"] =
                $"{SpecText.Line(new JsonArray(["", .. major.Select(tick => tick.Label)]))}[indexof({places}, datum.value) + 1]";
        return axis;
    }
}
