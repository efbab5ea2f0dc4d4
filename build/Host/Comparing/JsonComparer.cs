using System.Text.Json;

namespace TauPipeline.Host;

/// <summary>JSON: depth first, in the order of the first file; numbers by their text, the order of keys counts last.</summary>
internal sealed class JsonComparer : IContentComparer
{
    public string Format => "JSON";

    public bool Knows(string file, ReadOnlySpan<byte> head) => file.EndsWith(".json", StringComparison.Ordinal);

    public Difference? First(string old, string @new)
    {
        using FileStream left = File.OpenRead(old), right = File.OpenRead(@new);
        using JsonDocument before = JsonDocument.Parse(left), after = JsonDocument.Parse(right);
        return Walk("$", before.RootElement, after.RootElement);
    }

    private static Difference? Walk(string path, JsonElement a, JsonElement b)
    {
        if (a.ValueKind != b.ValueKind) return new Difference(path, null, a.GetRawText(), b.GetRawText());
        return a.ValueKind switch
        {
            JsonValueKind.Object => Objects(path, a, b),
            JsonValueKind.Array => Arrays(path, a, b),
            _ => a.GetRawText() == b.GetRawText() ? null : new Difference(path, null, a.GetRawText(), b.GetRawText()),
        };
    }

    private static Difference? Objects(string path, JsonElement a, JsonElement b)
    {
        foreach (JsonProperty property in a.EnumerateObject())
        {
            string at = $"{path}.{property.Name}";
            if (!b.TryGetProperty(property.Name, out JsonElement other))
                return new Difference(at, null, property.Value.GetRawText(), "not there");
            if (Walk(at, property.Value, other) is { } difference) return difference;
        }
        string[] left = [.. a.EnumerateObject().Select(one => one.Name)], right = [.. b.EnumerateObject().Select(one => one.Name)];
        if (right.Except(left).FirstOrDefault() is { } extra)
            return new Difference($"{path}.{extra}", null, "not there", b.GetProperty(extra).GetRawText());
        return left.SequenceEqual(right)
            ? null
            : new Difference($"{path}, order of keys", null, string.Join(", ", left), string.Join(", ", right));
    }

    private static Difference? Arrays(string path, JsonElement a, JsonElement b)
    {
        int both = Math.Min(a.GetArrayLength(), b.GetArrayLength());
        for (int i = 0; i < both; i++)
            if (Walk($"{path}[{i}]", a[i], b[i]) is { } difference) return difference;
        return a.GetArrayLength() == b.GetArrayLength()
            ? null
            : new Difference(path, null, $"{a.GetArrayLength()} items", $"{b.GetArrayLength()} items");
    }
}
