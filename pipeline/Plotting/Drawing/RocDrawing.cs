using System.Text.Json.Nodes;

namespace TauPipeline.Plotting;

/// <summary>Draws a <see cref="RocFigure"/>: bands, lines, working points; below, the same divided by the reference.</summary>
internal sealed class RocDrawing
{
    private readonly RocFigure _figure;
    private readonly PlotTheme _theme;
    private readonly SeriesLook[] _looks;
    private readonly AxisScale _x;
    private readonly AxisScale _y;
    private readonly Curve[] _curves;

    public RocDrawing(RocFigure figure, PlotTheme theme)
    {
        (_figure, _theme) = (figure, theme);
        _x = AxisScale.For(figure.X, figure.Curves.SelectMany(curve => curve.X).Concat(figure.Points.Select(point => point.X.Value)));
        _y = AxisScale.For(
            figure.Y,
            figure.Curves.SelectMany(curve => curve.Y).Concat(figure.Points.Select(point => point.Y.Value)),
            headroom: 0.1);
        _curves = [.. figure.Curves.Select(curve => CurveThinning.Thin(curve, _x.Fraction, _y.Fraction))];
        _looks = Looks();
    }

    public string Specification()
    {
        var panel = new Panel(_figure.Width, _figure.Height, _x, _y) { LabelsX = _figure.Reference is null };
        var datasets = new JsonObject { ["curves"] = Rows.OfCurves(_curves, _x, _y), ["points"] = Rows.OfPoints(_figure.Points, _x, _y) };
        Draw(panel, "curves", "points", _curves.Any(curve => curve.HasBand));
        bool rising = _curves.Length == 0 || _curves[0].Y.Length == 0 || _curves[0].Y[^1] >= _curves[0].Y[0];
        Legend.Draw(panel, _looks, rising ? 16 : Legend.AtRight(panel, _looks, _theme), _theme);
        // No curve comes to the corner above its own low end, whatever part of it is shown.
        Lettering.Lines(panel, _figure.Text, (Right: !rising, Bottom: false), _theme, under: _looks.Length);
        Lettering.Header(panel, _theme);
        if (_figure.Reference is null) return FigureSheet.Column(_theme, datasets, panel);
        return FigureSheet.Column(_theme, datasets, panel, RatioPanel(datasets));
    }

    private Panel RatioPanel(JsonObject datasets)
    {
        Curve reference = _figure.Curves.First(curve => curve.Name == _figure.Reference);
        Curve[] ratios = [.. _curves.Select(curve => RatioCurve.Of(curve, reference))];
        RocMarker[] points = [.. _figure.Points.Select(point => RatioCurve.Of(point, reference)).OfType<RocMarker>()];
        double[] seen = [.. ratios.SelectMany(Visible).Order()];
        // A few wild values at the low end, where single candidates count, must not flatten all others.
        IEnumerable<double> usual = seen[(seen.Length / 50)..(seen.Length - (seen.Length / 50))];
        AxisScale y = AxisScale.For(
            _figure.Ratio,
            usual.Concat(points.Select(point => point.Y.Value)).Append(0.85).Append(1.15),
            wanted: 5);
        var panel = new Panel(_figure.Width, _figure.Height / 3, _x, y);
        datasets["ratios"] = Rows.OfCurves(ratios, _x, y);
        datasets["ratio points"] = Rows.OfPoints(points, _x, y);
        panel.Add(
            new JsonArray(new JsonObject()),
            Marks.GuideLine(),
            new JsonObject
            {
                ["y"] = new JsonObject
                {
                    ["datum"] = 1,
                    ["type"] = "quantitative",
                    ["axis"] = null,
                },
            });
        Draw(panel, "ratios", "ratio points", ratios.Any(ratio => ratio.HasBand));
        return panel;
    }

    private IEnumerable<double> Visible(Curve ratio) =>
        ratio.Y.Where((y, i) => ratio.X[i] >= _x.Low && ratio.X[i] <= _x.High && double.IsFinite(y));

    private void Draw(Panel panel, string curves, string points, bool bands)
    {
        JsonObject color = SeriesLook.ColorScale(_looks);
        JsonObject Encoding(params (string Channel, JsonNode Value)[] more)
        {
            var encoding = new JsonObject { ["x"] = Panel.Field("x"), ["y"] = Panel.Field("y"), ["color"] = color.DeepClone() };
            foreach ((string channel, JsonNode value) in more) encoding[channel] = value;
            return encoding;
        }
        if (bands) panel.Add(curves, Marks.Band(), Encoding(("y", Panel.Field("low")), ("y2", new JsonObject { ["field"] = "high" })));
        if (_curves.Any(curve => curve.ThinPoints > 0))
        {
            panel.AddWhere($"isDefined(datum.{Rows.Thin})", curves, Marks.ThinLine(), Encoding());
            panel.AddWhere($"!datum.{Rows.Thin}", curves, Marks.Line(), Encoding(("strokeDash", SeriesLook.DashScale(_looks))));
        }
        else panel.Add(curves, Marks.Line(), Encoding(("strokeDash", SeriesLook.DashScale(_looks))));
        if (_theme.Hover)
            panel.AddHover($"near {curves}", curves, Encoding(("tooltip", Tooltips(panel, Marks.NearTooltip("series", "curve")))));
        if (_figure.Points.Count == 0) return;
        panel.Add(points, Marks.ErrorBar(), Encoding(("x", Panel.Field("left")), ("x2", new JsonObject { ["field"] = "right" })));
        panel.Add(points, Marks.ErrorBar(), Encoding(("y", Panel.Field("low")), ("y2", new JsonObject { ["field"] = "high" })));
        JsonObject markers = Encoding(("shape", SeriesLook.MarkerScale(_looks)));
        if (_theme.Hover) markers["tooltip"] = Tooltips(panel, Marks.Tooltip("series", "curve"), Marks.Tooltip("name", "working point"));
        panel.Add(points, Marks.Point(), markers);
    }

    private static JsonArray Tooltips(Panel panel, params JsonNode[] names) =>
    [
        .. names,
        Marks.NumberTooltip("x", panel.X.Label),
        Marks.NumberTooltip("y", panel.Y.Label),
        Marks.NumberTooltip("low", "lower end"),
        Marks.NumberTooltip("high", "upper end"),
    ];

    private SeriesLook[] Looks()
    {
        string[] names = [.. _figure.Curves.Select(curve => curve.Name).Concat(_figure.Points.Select(point => point.Series)).Distinct()];
        return [.. names.Select((name, i) =>
        {
            Curve? curve = _figure.Curves.FirstOrDefault(curve => curve.Name == name);
            return new SeriesLook(
                name,
                curve?.Style?.Color ?? Palette.Unordered(_theme, i, names.Length),
                curve?.Style?.Dash ?? Palette.Dash(i),
                Palette.Marker(i))
            {
                Line = curve is not null,
                Band = curve is not null && curve.HasBand,
                Points = _figure.Points.Any(point => point.Series == name),
            };
        })];
    }
}
