using System.Globalization;
using System.Text.Json.Nodes;

namespace TauPipeline.Plotting;

/// <summary>Draws a <see cref="HistoryFigure"/>: a line with a marker at each epoch, and a guide at the epoch kept.</summary>
internal sealed class HistoryDrawing(HistoryFigure figure, PlotTheme theme)
{
    private const int MostMarkers = 60; // more of them run together into a thick line

    private readonly AxisScale _x = AxisScale.For(figure.X, figure.Curves.SelectMany(curve => curve.X));
    private readonly AxisScale _y = AxisScale.For(
        figure.Y,
        figure.Curves.SelectMany(curve => curve.Y.Concat(curve.Low ?? []).Concat(curve.High ?? [])),
        headroom: 0.12,
        wanted: 6);

    public string Specification()
    {
        bool markers = figure.Curves.All(curve => curve.X.Length <= MostMarkers);
        SeriesLook[] looks =
        [
            .. figure.Curves.Select(
                (curve, i) =>
                    new SeriesLook(
                        curve.Name,
                        curve.Style?.Color ?? Palette.Unordered(theme, i, figure.Curves.Count),
                        curve.Style?.Dash ?? Palette.Dash(i),
                        Palette.Marker(i))
                    {
                        Line = true,
                        Band = curve.HasBand,
                        Points = markers,
                    }),
        ];
        var panel = new Panel(figure.Width, figure.Height, _x, _y);
        JsonObject color = SeriesLook.ColorScale(looks);
        JsonObject Encoding(string y) => new() { ["x"] = Panel.Field("x"), ["y"] = Panel.Field(y), ["color"] = color.DeepClone() };

        if (figure.BestEpoch is { } best) MarkBest(panel, best);
        if (figure.Curves.Any(curve => curve.HasBand))
        {
            JsonObject band = Encoding("low");
            band["y2"] = new JsonObject { ["field"] = "high" };
            panel.Add("epochs", Marks.Band(), band);
        }
        JsonObject lines = Encoding("y");
        lines["strokeDash"] = SeriesLook.DashScale(looks);
        panel.Add("epochs", Marks.Line(), lines);
        if (markers)
        {
            JsonObject points = Encoding("y");
            points["shape"] = SeriesLook.MarkerScale(looks);
            panel.Add("epochs", Marks.Point(), points);
        }
        if (theme.Hover)
        {
            JsonObject near = Encoding("y");
            near["tooltip"] = new JsonArray(
                Marks.NearTooltip("series", "curve"),
                Marks.NumberTooltip("x", figure.X.Label),
                Marks.NumberTooltip("y", figure.Y.Label));
            panel.AddHover("near epochs", "epochs", near);
        }
        Legend.Draw(panel, looks, Legend.AtRight(panel, looks, theme), theme);
        Lettering.Lines(panel, figure.Text, (Right: false, Bottom: true), theme);
        Lettering.Header(panel, theme);
        return FigureSheet.Column(theme, new JsonObject { ["epochs"] = Rows.OfCurves(figure.Curves, _x, _y) }, panel);
    }

    private void MarkBest(Panel panel, int epoch)
    {
        double across = _x.Fraction(epoch);
        panel.Add(
            new JsonArray(new JsonObject()),
            Marks.GuideLine(),
            new JsonObject
            {
                ["x"] = new JsonObject
                {
                    ["datum"] = epoch,
                    ["type"] = "quantitative",
                    ["axis"] = null,
                },
            });
        bool left = across > 0.45; // the legend stands on the right
        Lettering.Put(
            panel,
            "kept: epoch " + epoch.ToString(CultureInfo.InvariantCulture),
            new Letters(Math.Round(across * panel.Width) + (left ? -8 : 8), panel.Height - 14, theme.FontSize)
            {
                Align = left ? "right" : "left",
            });
    }
}
