using System.Text.Json.Nodes;

namespace TauPipeline.Plotting;

/// <summary>Draws a <see cref="HistogramFigure"/>: stepped lines, pale areas, points with errors.</summary>
internal sealed class HistogramDrawing(HistogramFigure figure, PlotTheme theme)
{
    private readonly AxisScale _x = AxisScale.For(
        figure.X.Range is null ? figure.X with { Range = (figure.Edges[0], figure.Edges[^1]) } : figure.X,
        [],
        wanted: 6);
    private readonly AxisScale _y = AxisScale.For(
        figure.Y,
        figure.Series.SelectMany(series => series.Densities).Append(figure.Y.Log ? double.NaN : 0),
        headroom: 0.06 + (0.07 * Math.Max(figure.Series.Count, figure.Text.Count)),
        wanted: 6);

    public string Specification()
    {
        SeriesLook[] looks =
        [
            .. figure.Series.Select(
                (series, i) =>
                    new SeriesLook(
                        series.Name,
                        series.Style?.Color ?? Palette.Unordered(theme, i, figure.Series.Count),
                        series.Style?.Dash ?? Palette.Dash(i),
                        Palette.Marker(i))
        {
            Line = series.Look != HistogramLook.Points,
            Band = series.Look == HistogramLook.Filled,
            Points = series.Look == HistogramLook.Points,
        })];
        var panel = new Panel(figure.Width, figure.Height, _x, _y);
        var datasets = new JsonObject { ["steps"] = Steps(), ["bins"] = Bins() };
        JsonObject color = SeriesLook.ColorScale(looks);
        JsonObject Encoding(string x, string y) => new() { ["x"] = Panel.Field(x), ["y"] = Panel.Field(y), ["color"] = color.DeepClone() };

        if (looks.Any(look => look.Band))
        {
            JsonObject filled = Encoding("x", "y");
            filled["y2"] = new JsonObject { ["datum"] = PlotNumber.Datum(_y.Low) };
            JsonObject area = Marks.Band();
            area["interpolate"] = "step-after";
            panel.Add(Only(looks, look => look.Band), area, filled);
        }
        if (looks.Any(look => look.Line))
        {
            JsonObject lines = Encoding("x", "y");
            lines["strokeDash"] = SeriesLook.DashScale(looks);
            panel.Add("steps", Marks.Line("step-after"), lines);
        }
        if (figure.Series.Any(series => series.Errors is not null))
        {
            JsonObject errors = Encoding("middle", "low");
            errors["y2"] = new JsonObject { ["field"] = "high" };
            panel.Add("bins", Marks.ErrorBar(), errors);
        }
        if (looks.Any(look => look.Points))
        {
            JsonObject points = Encoding("middle", "y");
            points["shape"] = SeriesLook.MarkerScale(looks);
            datasets["centres"] = Bins(series => series.Look == HistogramLook.Points);
            panel.Add("centres", Marks.Point(), points);
        }
        if (theme.Hover) Hover(panel);
        Legend.Draw(panel, looks, 14, theme);
        Lettering.Lines(panel, figure.Text, (Right: true, Bottom: false), theme);
        Lettering.Header(panel, theme);
        return FigureSheet.Column(theme, datasets, panel);
    }

    // The area layer sees only its own series; the others' rows would draw areas of their own.
    private JsonArray Only(SeriesLook[] looks, Func<SeriesLook, bool> shown) =>
        [
            .. Steps()
                .Where(row => looks.Any(look => look.Name == row!["series"]!.GetValue<string>() && shown(look)))
                .Select(row => row!.DeepClone()),
        ];

    private JsonArray Steps()
    {
        var rows = new JsonArray();
        foreach (HistogramSeries series in figure.Series.Where(series => series.Look != HistogramLook.Points))
            for (int i = 0; i < figure.Edges.Length; i++)
            {
                double density = series.Densities[Math.Min(i, series.Densities.Length - 1)];
                rows.Add(
                    (JsonNode)
                        new JsonObject
                        {
                            ["series"] = series.Name,
                            ["x"] = PlotNumber.Datum(figure.Edges[i]),
                            ["y"] = PlotNumber.Datum(Floor(density)),
                        });
            }
        return rows;
    }

    private JsonArray Bins(Func<HistogramSeries, bool>? shown = null)
    {
        var rows = new JsonArray();
        foreach (
            HistogramSeries series in figure
                .Series.Where(series => series.Errors is not null || series.Look == HistogramLook.Points)
                .Where(series => shown is null || shown(series)))
            for (int i = 0; i < series.Densities.Length; i++)
            {
                if (!_y.Takes(series.Densities[i])) continue;
                var row = new JsonObject
                {
                    ["series"] = series.Name,
                    ["middle"] = PlotNumber.Datum(Middle(i)),
                    ["y"] = PlotNumber.Datum(series.Densities[i]),
                };
                if (series.Errors is not null)
                    Rows.Ends(
                        row,
                        "low",
                        "high",
                        new ErrorBar(series.Densities[i], series.Densities[i] - series.Errors[i], series.Densities[i] + series.Errors[i]),
                        _y);
                rows.Add((JsonNode)row);
            }
        return rows;
    }

    // One invisible column for each bin, saying the densities of all classes.
    private void Hover(Panel panel)
    {
        var columns = new JsonArray();
        for (int i = 0; i + 1 < figure.Edges.Length; i++)
        {
            var row = new JsonObject { ["from"] = PlotNumber.Datum(figure.Edges[i]), ["to"] = PlotNumber.Datum(figure.Edges[i + 1]) };
            for (int s = 0; s < figure.Series.Count; s++) row[$"density{s}"] = PlotNumber.Datum(figure.Series[s].Densities[i]);
            columns.Add((JsonNode)row);
        }
        panel.Add(columns, new JsonObject { ["type"] = "rect", ["opacity"] = 0, ["clip"] = true }, new JsonObject
        {
            ["x"] = Panel.Field("from"),
            ["x2"] = new JsonObject { ["field"] = "to" },
            ["tooltip"] = new JsonArray([
                Marks.NumberTooltip("from", "from"),
                Marks.NumberTooltip("to", "to"),
                .. figure.Series.Select((series, s) => Marks.NumberTooltip($"density{s}", series.Name)),
            ]),
        });
    }

    private double Middle(int bin) =>
        figure.X.Log ? Math.Sqrt(figure.Edges[bin] * figure.Edges[bin + 1]) : (figure.Edges[bin] + figure.Edges[bin + 1]) / 2;

    // An empty bin of a logarithmic histogram goes down to the frame, and the line stays whole.
    private double Floor(double density) => _y.Takes(density) ? density : _y.Low;
}
