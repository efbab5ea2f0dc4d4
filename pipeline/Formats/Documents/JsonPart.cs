using System.Globalization;
using System.Text.Json;
using TauPipeline.Foundation;

namespace TauPipeline.Formats;

/// <summary>A value in a JSON file that knows where it stands, so that every error names file and path, <c>$.lines[3].rows</c>.</summary>
public readonly record struct JsonPart
{
    private readonly JsonElement _value;

    private JsonPart(string file, string path, JsonElement value)
    {
        File = file;
        Path = path;
        _value = value;
    }

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>Where in the document: <c>$</c> is the whole.</summary>
    public string Path { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="StepFailed">There is none, or it is no JSON; names the line.</exception>
    public static JsonPart Read(string file) => Parse(file, TextFile.Load(file));

    /// <summary>Reads a text that came from <paramref name="file"/>.</summary>
    /// <exception cref="StepFailed">It is no JSON; names the line.</exception>
    public static JsonPart Parse(string file, string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return new JsonPart(file, "$", document.RootElement.Clone());
        }
        catch (JsonException wrong)
        {
            throw FormatErrors.NotJson(file, (wrong.LineNumber ?? 0) + 1, wrong);
        }
    }

    /// <summary>The member of that name.</summary>
    /// <exception cref="StepFailed">This is no object, or has no such member; names the nearest.</exception>
    public JsonPart Get(string name) => Find(name) ?? throw FormatErrors.NoMember(this, name, _value.EnumerateObject().Select(member => member.Name));

    /// <summary>The member of that name, or <see langword="null"/>.</summary>
    /// <exception cref="StepFailed">This is no object.</exception>
    public JsonPart? Find(string name) => Of(JsonValueKind.Object, "an object").TryGetProperty(name, out JsonElement value) ? new JsonPart(File, $"{Path}.{name}", value) : null;

    /// <summary>Names and values of an object, in the file's order.</summary>
    /// <exception cref="StepFailed">This is no object.</exception>
    public IEnumerable<(string Name, JsonPart Value)> Members()
    {
        (string file, string path) = (File, Path);
        return Of(JsonValueKind.Object, "an object").EnumerateObject().Select(member => (member.Name, new JsonPart(file, $"{path}.{member.Name}", member.Value)));
    }

    /// <summary>The values of a list.</summary>
    /// <exception cref="StepFailed">This is no list.</exception>
    public IReadOnlyList<JsonPart> Items()
    {
        (string file, string path) = (File, Path);
        return [.. Of(JsonValueKind.Array, "a list").EnumerateArray().Select((value, i) => new JsonPart(file, $"{path}[{i}]", value))];
    }

    /// <summary>This text.</summary>
    /// <exception cref="StepFailed">It is another kind of value.</exception>
    public string Text() => Of(JsonValueKind.String, "a text").GetString()!;

    /// <summary>This truth value.</summary>
    /// <exception cref="StepFailed">It is another kind of value.</exception>
    public bool Bool() => _value.ValueKind is JsonValueKind.True or JsonValueKind.False ? _value.GetBoolean() : throw FormatErrors.OtherJson(this, "true or false", Found);

    /// <summary>This integer.</summary>
    /// <exception cref="StepFailed">It is another kind of value, or does not fit.</exception>
    public long Integer() => _value.ValueKind == JsonValueKind.Number && _value.TryGetInt64(out long value) ? value : throw FormatErrors.OtherJson(this, "an integer", Found);

    /// <summary>This number, also as written by <see cref="JsonText.WriteDouble(Utf8JsonWriter, double)"/>.</summary>
    /// <exception cref="StepFailed">It is another kind of value.</exception>
    public double Number() => _value.ValueKind switch
    {
        JsonValueKind.Number => _value.GetDouble(),
        JsonValueKind.String when _value.GetString() is "NaN" or "Infinity" or "-Infinity" => double.Parse(_value.GetString()!, CultureInfo.InvariantCulture),
        _ => throw FormatErrors.OtherJson(this, "a number", Found),
    };

    /// <summary>This list of numbers.</summary>
    /// <exception cref="StepFailed">It is no list of numbers.</exception>
    public double[] Numbers() => [.. Items().Select(item => item.Number())];

    private string Found => _value.GetRawText() is { Length: > 40 } text ? text[..40] + "…" : _value.GetRawText();

    private JsonElement Of(JsonValueKind kind, string expected) => _value.ValueKind == kind ? _value : throw FormatErrors.OtherJson(this, expected, Found);
}
