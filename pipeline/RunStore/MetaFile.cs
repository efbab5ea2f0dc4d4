using System.Globalization;
using System.Text;
using System.Text.Json;
using TauPipeline.Foundation;

namespace TauPipeline.RunStore;

/// <summary>
/// The <c>meta.yaml</c> of an experiment or a run: a flat map. Texts are written as JSON's, which YAML takes for texts whatever they
/// look like: a run's number such as <c>1e10</c> stays one.
/// </summary>
internal sealed class MetaFile
{
    public const string Name = "meta.yaml";

    private readonly SortedDictionary<string, string> _values = new(StringComparer.Ordinal);

    public string? this[string key] => _values.GetValueOrDefault(key) is { } value ? Plain(value) : null;

    public MetaFile With(string key, string value)
    {
        _values[key] = JsonSerializer.Serialize(value, JsonForm.Values);
        return this;
    }

    public MetaFile With(string key, long? value)
    {
        _values[key] = value?.ToString(CultureInfo.InvariantCulture) ?? "null";
        return this;
    }

    public MetaFile WithNone(string key)
    {
        _values[key] = "[]";
        return this;
    }

    public override string ToString() => string.Concat(_values.Select(one => $"{one.Key}: {one.Value}\n"));

    /// <summary>A number of it; <see langword="null"/> if it has none.</summary>
    public long? Number(string key) =>
        long.TryParse(this[key], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;

    /// <summary>Reads one of anybody's: keys at the beginning of a line, a value that goes on in lines that are set in.</summary>
    public static MetaFile Read(string file)
    {
        var meta = new MetaFile();
        string key = "";
        foreach (string line in File.ReadLines(file, Encoding.UTF8))
            if (line.StartsWith(' ') && key.Length > 0) meta._values[key] += " " + line.Trim();
            else if (line.Split(':', 2) is [var name, var value])
            {
                key = name.Trim();
                meta._values[key] = value.Trim();
            }
        return meta;
    }

    private static string Plain(string value)
    {
        if (value is ['\'', .. var single, '\'']) return single.Replace("''", "'", StringComparison.Ordinal);
        if (value is not ['"', .., '"']) return value == "null" ? "" : value;
        try { return JsonSerializer.Deserialize<string>(value)!; }
        catch (JsonException) { return value; } // an escape that only YAML has
    }
}
