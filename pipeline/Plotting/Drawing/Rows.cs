using System.Text.Json.Nodes;

namespace TauPipeline.Plotting;

/// <summary>Data rows of a specification, rounded, and without what has no place on the axes.</summary>
internal static class Rows
{
    /// <summary>The field that rows of a thin piece have: true, and false at its end.</summary>
    public const string Thin = "thin";

    public static JsonArray OfCurves(IEnumerable<Curve> curves, AxisScale x, AxisScale y)
    {
        var rows = new JsonArray();
        foreach (Curve curve in curves)
        {
            int thin = curve.ThinPoints;
            for (int i = 0; i < curve.X.Length; i++)
            {
                if (!x.Takes(curve.X[i]) || !y.Takes(curve.Y[i])) continue;
                var row = new JsonObject
                {
                    ["series"] = curve.Name,
                    ["x"] = PlotNumber.Datum(curve.X[i]),
                    ["y"] = PlotNumber.Datum(curve.Y[i]),
                };
                // The first that is not thin ends the thin piece as well, so that the line has no gap.
                if (thin > 0 && i <= thin) row[Thin] = i < thin;
                if (curve.HasBand) Ends(row, "low", "high", new ErrorBar(curve.Y[i], curve.Low![i], curve.High![i]), y);
                rows.Add((JsonNode)row);
            }
        }
        return rows;
    }

    public static JsonArray OfPoints(IEnumerable<RocMarker> points, AxisScale x, AxisScale y)
    {
        var rows = new JsonArray();
        foreach (RocMarker point in points.Where(point => x.Takes(point.X.Value) && y.Takes(point.Y.Value)))
        {
            var row = new JsonObject
            {
                ["series"] = point.Series,
                ["name"] = point.Name,
                ["x"] = PlotNumber.Datum(point.X.Value),
                ["y"] = PlotNumber.Datum(point.Y.Value),
            };
            Ends(row, "left", "right", point.X, x);
            Ends(row, "low", "high", point.Y, y);
            rows.Add((JsonNode)row);
        }
        return rows;
    }

    /// <summary>Writes the ends of an interval, cut at the frame: zero has no place on a logarithmic axis.</summary>
    public static void Ends(JsonObject row, string low, string high, ErrorBar interval, AxisScale axis)
    {
        if (!double.IsFinite(interval.Low) || !double.IsFinite(interval.High)) return;
        row[low] = PlotNumber.Datum(axis.Clamp(interval.Low));
        row[high] = PlotNumber.Datum(axis.Clamp(interval.High));
    }
}
