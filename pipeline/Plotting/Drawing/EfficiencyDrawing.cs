using System.Text.Json.Nodes;

namespace TauPipeline.Plotting;

/// <summary>
/// Draws an <see cref="EfficiencyFigure"/>: one marker and colour a working point, the legend at the right of both frames.
/// </summary>
internal sealed class EfficiencyDrawing(EfficiencyFigure figure, PlotTheme theme)
{
    private readonly AxisScale _x = AxisScale.For(
        figure.X.Range is null ? figure.X with { Range = (figure.Edges[0], figure.Edges[^1]) } : figure.X,
        [],
        wanted: 6);

    public string Specification()
    {
        string[] names = [.. figure.Genuine.Series.Concat(figure.Misidentified.Series).Select(series => series.Name).Distinct()];
        SeriesLook[] looks =
        [
            .. names.Select(
                (name, i) => new SeriesLook(name, Palette.Ordered(i, names.Length), LineDash.Solid, Palette.Marker(i)) { Points = true }),
        ];
        var datasets = new JsonObject();
        Panel left = Side("genuine", figure.Genuine, looks, datasets);
        Panel right = Side("misidentified", figure.Misidentified, looks, datasets);
        Lettering.Lines(left, figure.Text, (Right: false, Bottom: true), theme);
        Lettering.Header(left, theme with { RightHeader = "" });
        Lettering.Header(right, theme with { Header = "", SubHeader = "" });
        Legend.Draw(right, looks, right.Width + 6, theme);
        return FigureSheet.Row(theme, datasets, left, right);
    }

    private Panel Side(string name, EfficiencyPanel side, SeriesLook[] looks, JsonObject datasets)
    {
        AxisScale y = AxisScale.For(side.Y, side.Series.SelectMany(series => series.Values.Concat(series.Low).Concat(series.High)));
        var panel = new Panel(figure.Width, figure.Height, _x, y);
        datasets[name] = Bins(side, y);
        JsonObject color = SeriesLook.ColorScale(looks);
        panel.Add(
            name,
            Marks.ErrorBar(),
            new JsonObject
            {
                ["x"] = Panel.Field("from"),
                ["x2"] = new JsonObject { ["field"] = "to" },
                ["y"] = Panel.Field("y"),
                ["color"] = color.DeepClone(),
            });
        panel.Add(
            name,
            Marks.ErrorBar(),
            new JsonObject
            {
                ["x"] = Panel.Field("middle"),
                ["y"] = Panel.Field("low"),
                ["y2"] = new JsonObject { ["field"] = "high" },
                ["color"] = color.DeepClone(),
            });
        var points = new JsonObject
        {
            ["x"] = Panel.Field("middle"),
            ["y"] = Panel.Field("y"),
            ["color"] = color.DeepClone(),
            ["shape"] = SeriesLook.MarkerScale(looks),
        };
        if (theme.Hover)
            points["tooltip"] = new JsonArray(
                Marks.Tooltip("series", "working point"),
                Marks.NumberTooltip("from", "from"),
                Marks.NumberTooltip("to", "to"),
                Marks.NumberTooltip("y", side.Y.Label), Marks.NumberTooltip("low", "lower end"), Marks.NumberTooltip("high", "upper end"));
        panel.Add(name, Marks.Point(), points);
        return panel;
    }

    private JsonArray Bins(EfficiencyPanel side, AxisScale y)
    {
        var rows = new JsonArray();
        foreach (EfficiencySeries series in side.Series)
        {
            double[] edges = series.Edges ?? figure.Edges;
            for (int i = 0; i < series.Values.Length; i++)
            {
                if (!y.Takes(series.Values[i])) continue;
                (double from, double to) = (edges[i], edges[i + 1]);
                var row = new JsonObject
                {
                    ["series"] = series.Name,
                    ["middle"] = PlotNumber.Datum(_x.Log ? Math.Sqrt(from * to) : (from + to) / 2),
                    ["from"] = PlotNumber.Datum(from),
                    ["to"] = PlotNumber.Datum(to),
                    ["y"] = PlotNumber.Datum(series.Values[i]),
                };
                Rows.Ends(row, "low", "high", new ErrorBar(series.Values[i], series.Low[i], series.High[i]), y);
                rows.Add((JsonNode)row);
            }
        }
        return rows;
    }
}
