using System.Globalization;
using System.Text.Json.Nodes;

namespace TauPipeline.Plotting;

/// <summary>Numbers as a figure carries them: a few significant digits, shortest text, and nothing where there is no number.</summary>
internal static class PlotNumber
{
    /// <summary>The nearest number of six significant digits: enough for places on an axis.</summary>
    public static double Round(double value) => Parse(value, "G6");

    /// <summary>Places on an axis.</summary>
    public static JsonArray Places(IEnumerable<double> values) => [.. values.Select(value => (JsonNode)Round(value))];

    /// <summary>A value of the data, in five digits: a hundredth of a pixel.</summary>
    public static JsonNode? Datum(double value) => double.IsFinite(value) ? JsonValue.Create(Parse(value, "G5")) : null;

    private static double Parse(double value, string format) =>
        double.Parse(value.ToString(format, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
