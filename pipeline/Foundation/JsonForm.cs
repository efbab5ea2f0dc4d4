using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TauPipeline.Foundation;

/// <summary>How JSON is written everywhere: numbers that read back to the last bit, readable letters, the same on every system.</summary>
public static class JsonForm
{
    /// <summary>All on one line.</summary>
    public static JsonWriterOptions Line => new() { Encoder = Letters };

    /// <summary>One value a line, for eyes and for diffs.</summary>
    public static JsonWriterOptions Page => new() { Encoder = Letters, Indented = true, NewLine = "\n" };

    /// <summary>Values with their names as they are, on one line.</summary>
    public static JsonSerializerOptions Values { get; } = new() { Encoder = Letters, Converters = { new ExactNumber() } };

    // Greek letters, superscripts and quotes stay readable. Whoever puts the text into HTML escapes it there.
    private static JavaScriptEncoder Letters => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>Writes a finite number that reads back to the same bits.</summary>
    public static void WriteExact(this Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        WriteExact(json, value);
    }

    // An indented writer gives a raw value no line of its own: only what it would write wrongly is written raw.
    internal static void WriteExact(this Utf8JsonWriter json, double value)
    {
        string exact = NumberText.Exact(value);
        if (exact == value.ToString("R", CultureInfo.InvariantCulture)) json.WriteNumberValue(value);
        else json.WriteRawValue(exact, skipInputValidation: true);
    }
}

/// <summary>Numbers as <see cref="NumberText"/> has them; others by name where <see cref="JsonNumberHandling"/> allows that.</summary>
public sealed class ExactNumber : JsonConverter<double>
{
    /// <inheritdoc/>
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String || !AllowsNames(options)) return reader.GetDouble();
        return reader.GetString() switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            var other => throw new JsonException($"'{other}' is no number"),
        };
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (double.IsFinite(value)) writer.WriteExact(value);
        else if (AllowsNames(options)) writer.WriteStringValue(double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
        else throw new JsonException($"{value.ToString(CultureInfo.InvariantCulture)} has no text in JSON");
    }

    private static bool AllowsNames(JsonSerializerOptions options) =>
        options.NumberHandling.HasFlag(JsonNumberHandling.AllowNamedFloatingPointLiterals);
}
