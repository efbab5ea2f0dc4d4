using System.Text.Json;
using System.Text.Json.Nodes;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>
/// What in a document a JSON schema does not allow; knows the words that docs/performance.schema.json uses, and refuses others.
/// </summary>
internal sealed class SchemaCheck(JsonNode schema)
{
    private static readonly string[] Words =
    [
        "$ref", "$schema", "$defs", "title", "description", "type", "properties", "required", "additionalProperties", "items", "anyOf",
        "enum", "const", "minimum", "maximum",
    ];

    public IEnumerable<string> Faults(JsonNode? document) => Faults(document, schema.AsObject(), "$");

    private IEnumerable<string> Faults(JsonNode? value, JsonObject rule, string at)
    {
        if (rule.Select(word => word.Key).Except(Words).FirstOrDefault() is { } unknown) throw new NotSupportedException(unknown);
        if (rule["$ref"] is { } reference)
            return Faults(value, schema["$defs"]![$"{reference}"["#/$defs/".Length..]]!.AsObject(), at);
        if (rule["anyOf"] is JsonArray choices)
            return choices.Any(choice => !Faults(value, choice!.AsObject(), at).Any()) ? [] : [$"{at}: none of its forms"];
        return Type(value, rule, at).Concat(Limits(value, rule, at)).Concat(value switch
        {
            JsonObject map => Members(map, rule, at),
            JsonArray list when rule["items"] is JsonObject items => list.SelectMany((item, i) => Faults(item, items, $"{at}[{i}]")),
            _ => [],
        });
    }

    private static IEnumerable<string> Type(JsonNode? value, JsonObject rule, string at)
    {
        string[] allowed = rule["type"] switch
        {
            JsonArray several => [.. several.Select(one => $"{one}")],
            { } one => [$"{one}"],
            null => [],
        };
        string kind = value?.GetValueKind() switch
        {
            null => "null",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            var other => $"{other}".ToLowerInvariant(),
        };
        bool isWhole = kind == "number" && !value!.ToJsonString().AsSpan().ContainsAny('.', 'e', 'E');
        if (allowed.Length > 0 && !allowed.Contains(kind) && !(isWhole && allowed.Contains("integer")))
            yield return $"{at}: {kind} where {string.Join(" or ", allowed)} stands";
    }

    private static IEnumerable<string> Limits(JsonNode? value, JsonObject rule, string at)
    {
        if (rule["enum"] is JsonArray values && !values.Any(one => JsonNode.DeepEquals(one, value)))
            yield return $"{at}: {value} is none of {values}";
        if (rule["const"] is { } fixedValue && !JsonNode.DeepEquals(fixedValue, value)) yield return $"{at}: {value} is not {fixedValue}";
        if (value?.GetValueKind() != JsonValueKind.Number) yield break;
        if (rule["minimum"] is { } least && value.GetValue<double>() < least.GetValue<double>()) yield return $"{at}: {value} below {least}";
        if (rule["maximum"] is { } most && value.GetValue<double>() > most.GetValue<double>()) yield return $"{at}: {value} above {most}";
    }

    private IEnumerable<string> Members(JsonObject map, JsonObject rule, string at)
    {
        JsonObject known = rule["properties"]!.AsObject();
        foreach (JsonNode? name in rule["required"]!.AsArray())
            if (!map.ContainsKey($"{name}")) yield return $"{at}: no {name}";
        foreach ((string name, JsonNode? member) in map)
            if (known[name] is not JsonObject inner) yield return $"{at}: {name} is not in the schema";
            else
                foreach (string fault in Faults(member, inner, $"{at}.{name}")) yield return fault;
    }
}
