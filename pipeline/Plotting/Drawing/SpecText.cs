using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TauPipeline.Foundation;

namespace TauPipeline.Plotting;

/// <summary>JSON as text: what fits goes on one line, so that one row of data is one line of a diff.</summary>
internal static class SpecText
{
    private const int LineWidth = 140;

    /// <summary>Short things on one line, longer ones broken and indented by two.</summary>
    public static string Of(JsonNode node)
    {
        var text = new StringBuilder();
        Write(text, node, "");
        return text.Append('\n').ToString();
    }

    /// <summary>All on one line.</summary>
    public static string Line(JsonNode? node) => node?.ToJsonString(JsonForm.Values) ?? "null";

    private static void Write(StringBuilder text, JsonNode? node, string indent)
    {
        string line = Line(node);
        if (indent.Length + line.Length <= LineWidth || node is JsonValue or null) text.Append(line);
        else if (node is JsonObject map)
            Block(
                text,
                ('{', '}'),
                indent,
                map.Select(entry => ($"{JsonSerializer.Serialize(entry.Key, JsonForm.Values)}: ", entry.Value)));
        else Block(text, ('[', ']'), indent, node.AsArray().Select(item => ("", item)));
    }

    private static void Block(
        StringBuilder text,
        (char Open, char Close) brackets,
        string indent,
        IEnumerable<(string Key, JsonNode? Value)> items)
    {
        text.Append(brackets.Open);
        string separator = "\n";
        foreach ((string key, JsonNode? value) in items)
        {
            text.Append(separator).Append(indent).Append("  ").Append(key);
            Write(text, value, indent + "  ");
            separator = ",\n";
        }
        text.Append('\n').Append(indent).Append(brackets.Close);
    }
}
