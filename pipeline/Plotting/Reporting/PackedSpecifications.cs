using System.Text.Json.Nodes;

namespace TauPipeline.Plotting;

/// <summary>
/// The specifications of a page in little room: what all figures share stands once, and of rows of data the names of their fields.
/// <c>page/specification.js</c> makes them whole again.
/// </summary>
internal sealed class PackedSpecifications
{
    /// <summary>Stands for rows in a data set: <c>fields</c>, and <c>rows</c> of as many values, null where a row lacks one.</summary>
    private const string Fields = "fields", Rows = "rows";

    private static readonly string[] Heads = ["$schema", "background", "config", "padding"];

    private JsonObject? _shared;

    /// <summary>What the figures so far share.</summary>
    public string Shared => SpecText.Line(_shared ?? []);

    /// <summary>A specification without what it shares with the first one.</summary>
    public string Pack(string specification)
    {
        JsonObject whole = JsonNode.Parse(specification)!.AsObject();
        _shared ??= new JsonObject(Heads.Where(whole.ContainsKey).Select(head => KeyValuePair.Create(head, whole[head]?.DeepClone())));
        foreach ((string head, JsonNode? value) in _shared)
            if (whole.ContainsKey(head) && JsonNode.DeepEquals(whole[head], value)) whole.Remove(head);
        if (whole["datasets"] is JsonObject datasets)
            foreach (string name in datasets.Select(dataset => dataset.Key).ToList())
                if (datasets[name] is JsonArray { Count: > 0 } rows && rows.All(row => row is JsonObject)) datasets[name] = Packed(rows);
        return SpecText.Line(whole);
    }

    private static JsonObject Packed(JsonArray rows)
    {
        string[] fields = [.. rows.SelectMany(row => row!.AsObject().Select(value => value.Key)).Distinct()];
        return new JsonObject
        {
            [Fields] = new JsonArray([.. fields.Select(field => (JsonNode)field)]),
            [Rows] = new JsonArray([.. rows.Select(row => new JsonArray([.. fields.Select(field => row![field]?.DeepClone())]))]),
        };
    }
}
