using System.Text;
using System.Text.Json;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>One JSON object on one line.</summary>
internal sealed class JsonLine
{
    private readonly Utf8JsonWriter _json;

    private JsonLine(Utf8JsonWriter json) => _json = json;

    /// <summary>The text of the object that <paramref name="write"/> fills.</summary>
    public static string Of(Action<JsonLine> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, JsonForm.Line))
        {
            json.WriteStartObject();
            write(new JsonLine(json));
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    public JsonLine Write(string name, string? value) { _json.WriteString(name, value); return this; }

    public JsonLine Write(string name, long value) { _json.WriteNumber(name, value); return this; }

    public JsonLine Write(string name, double value) { _json.WriteExact(name, value); return this; }

    public JsonLine Write(string name, IEnumerable<string> values)
    {
        _json.WriteStartArray(name);
        foreach (string value in values) _json.WriteStringValue(value);
        _json.WriteEndArray();
        return this;
    }

    public JsonLine Write(string name, bool value) { _json.WriteBoolean(name, value); return this; }

    /// <summary>An array of objects.</summary>
    public JsonLine Write<T>(string name, IEnumerable<T> items, Action<JsonLine, T> write)
    {
        _json.WriteStartArray(name);
        foreach (T item in items)
        {
            _json.WriteStartObject();
            write(this, item);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
        return this;
    }

    public JsonLine Write(IReadOnlyList<StaleReason> reasons)
    {
        _json.WriteStartArray("reasons");
        foreach (StaleReason reason in reasons)
        {
            _json.WriteStartObject();
            Write("component", reason.Component).Write("old", reason.Old).Write("new", reason.New);
            if (reason.Members is not null) Write("members", reason.Members);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
        return this;
    }

    public JsonLine Write(ErrorText? error)
    {
        if (error is null) return this;
        Write("title", error.Title);
        _json.WriteStartObject("facts");
        foreach ((string label, string value) in error.Facts) Write(label, value);
        _json.WriteEndObject();
        return Write("advice", error.Advice);
    }
}
