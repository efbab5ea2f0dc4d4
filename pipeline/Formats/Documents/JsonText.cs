using System.Text.Encodings.Web;
using System.Text.Json;

namespace TauPipeline.Formats;

/// <summary>JSON as all our products have it: indented by two, lines end in LF, numbers in the shortest form that reads back, the order that of the writing code.</summary>
public static class JsonText
{
    private static readonly JsonWriterOptions Style = new() { Indented = true, IndentSize = 2, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a document to a file.</summary>
    public static void Write(string path, Action<Utf8JsonWriter> document)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
        using (var writer = new Utf8JsonWriter(file, Style)) document(writer);
        file.WriteByte((byte)'\n');
    }

    /// <summary>Writes a number; JSON has none that are not finite, so those are the strings <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>.</summary>
    public static void WriteDouble(this Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value)) writer.WriteNumberValue(value);
        else writer.WriteStringValue(value.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>Writes a named number, finite or not.</summary>
    public static void WriteDouble(this Utf8JsonWriter writer, string name, double value)
    {
        writer.WritePropertyName(name);
        writer.WriteDouble(value);
    }

    /// <summary>Writes a named row of numbers, finite or not.</summary>
    public static void WriteDoubles(this Utf8JsonWriter writer, string name, IEnumerable<double> values)
    {
        writer.WriteStartArray(name);
        foreach (double value in values) writer.WriteDouble(value);
        writer.WriteEndArray();
    }
}
