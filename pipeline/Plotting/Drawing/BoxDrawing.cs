using System.Text.Json.Nodes;

namespace TauPipeline.Plotting;

/// <summary>Draws a <see cref="BoxFigure"/>: pale boxes with a line across, whiskers, and a guide.</summary>
internal sealed class BoxDrawing(BoxFigure figure, PlotTheme theme)
{
    private const double HalfWidth = 0.3;
    private const int MostLabels = 12;

    private readonly AxisScale _x = AxisScale.For(
        new PlotAxis(figure.Of) { Range = (0.4, Math.Max(1, figure.Boxes.Count) + 0.6), Ticks = TicksOf(figure.Boxes) }, []);
    private readonly AxisScale _y = AxisScale.For(
        figure.Y,
        figure.Boxes.SelectMany(Ends).Concat(figure.Guide is { } guide ? [guide] : []),
        headroom: 0.07 * figure.Text.Count,
        wanted: 6);

    public string Specification()
    {
        var panel = new Panel(figure.Width, figure.Height, _x, _y);
        JsonObject color = new() { ["value"] = Palette.Unordered(theme, 0, 1) };
        if (figure.Guide is { } guide && _y.Takes(guide))
            panel.Add(
                new JsonArray(new JsonObject { ["y"] = PlotNumber.Datum(guide) }),
                Marks.GuideLine(),
                new JsonObject { ["y"] = Panel.Field("y") });
        panel.Add("whiskers", Marks.ErrorBar(), Across("at", null, "low", "high", color));
        JsonObject box = new() { ["type"] = "rect", ["fillOpacity"] = Marks.BandOpacity, ["strokeWidth"] = 1.2, ["clip"] = true };
        panel.Add("boxes", box, Across("left", "right", "low", "high", color));
        JsonObject middle = Marks.ErrorBar();
        middle["strokeWidth"] = Marks.LineWidth;
        panel.Add("boxes", middle, Across("left", "right", "middle", null, color));
        Lettering.Lines(panel, figure.Text, (Right: false, Bottom: false), theme);
        Lettering.Header(panel, theme);
        return FigureSheet.Column(theme, new JsonObject { ["boxes"] = Boxes(), ["whiskers"] = Whiskers() }, panel);
    }

    private static JsonObject Across(string x, string? x2, string y, string? y2, JsonObject color)
    {
        var encoding = new JsonObject { ["x"] = Panel.Field(x), ["y"] = Panel.Field(y), ["color"] = color.DeepClone() };
        if (x2 is not null) encoding["x2"] = new JsonObject { ["field"] = x2 };
        if (y2 is not null) encoding["y2"] = new JsonObject { ["field"] = y2 };
        return encoding;
    }

    private JsonArray Boxes() =>
    [
        .. figure.Boxes.Select((box, i) => (Box: box, At: i + 1))
            .Where(one => _y.Takes(one.Box.Low) && _y.Takes(one.Box.High) && _y.Takes(one.Box.Middle))
            .Select(one => new JsonObject
            {
                ["left"] = PlotNumber.Datum(one.At - HalfWidth),
                ["right"] = PlotNumber.Datum(one.At + HalfWidth),
                ["low"] = PlotNumber.Datum(one.Box.Low),
                ["middle"] = PlotNumber.Datum(one.Box.Middle),
                ["high"] = PlotNumber.Datum(one.Box.High),
            }),
    ];

    private JsonArray Whiskers()
    {
        var rows = new JsonArray();
        for (int i = 0; i < figure.Boxes.Count; i++)
        {
            if (figure.Boxes[i].Whiskers is not var (low, high) || !_y.Takes(low) || !_y.Takes(high)) continue;
            rows.Add((JsonNode)new JsonObject
            {
                ["at"] = i + 1,
                ["low"] = PlotNumber.Datum(low),
                ["high"] = PlotNumber.Datum(high),
            });
        }
        return rows;
    }

    // Of many boxes, so many have a label as fit.
    private static AxisTick[] TicksOf(IReadOnlyList<Box> boxes)
    {
        int step = Math.Max(1, (boxes.Count + MostLabels - 1) / MostLabels);
        return [.. boxes.Select((box, i) => new AxisTick(i + 1, i % step == 0 ? box.Label : ""))];
    }

    private static IEnumerable<double> Ends(Box box) =>
        box.Whiskers is var (low, high) ? [box.Low, box.Middle, box.High, low, high] : [box.Low, box.Middle, box.High];
}
