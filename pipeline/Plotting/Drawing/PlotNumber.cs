using System.Globalization;
using System.Text.Json.Nodes;

namespace TauPipeline.Plotting;

/// <summary>Numbers as a figure carries them: six significant digits, shortest text, and nothing where there is no number.</summary>
internal static class PlotNumber
{
    public static double Round(double value) => double.IsFinite(value) ? double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : value;

    public static JsonNode? Json(double value) => double.IsFinite(value) ? JsonValue.Create(Round(value)) : null;

    public static JsonArray Json(IEnumerable<double> values) => [.. values.Select(Json)];
}
