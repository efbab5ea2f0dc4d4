using System.Globalization;
using System.Text.Json;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Formats;

/// <summary>The JSON masks of CMS: <c>{"run": [[first section, last section], ...], ...}</c>.</summary>
internal static class LumiJson
{
    public const string Kind = "luminosity mask: JSON of CMS, or a Good Runs List of ATLAS in XML";

    public static IEnumerable<LumiRange> Read(string text, string path)
    {
        using JsonDocument json = Parse(text, path);
        if (json.RootElement.ValueKind != JsonValueKind.Object)
            throw FormatErrors.NotA(path, Kind, $"{json.RootElement.ValueKind} where an object of runs should be");
        return [.. json.RootElement.EnumerateObject().SelectMany(run => Ranges(run, path))];
    }

    private static JsonDocument Parse(string text, string path)
    {
        try { return JsonDocument.Parse(text); }
        catch (JsonException wrong) { throw FormatErrors.NotA(path, Kind, wrong); }
    }

    private static IEnumerable<LumiRange> Ranges(JsonProperty run, string path)
    {
        if (!long.TryParse(run.Name, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
            throw FormatErrors.NotA(path, Kind, $"'{run.Name}' where a run number should be");
        if (run.Value.ValueKind != JsonValueKind.Array) throw NoRange(run.Value);
        foreach (JsonElement range in run.Value.EnumerateArray())
        {
            if (range.ValueKind != JsonValueKind.Array || range.GetArrayLength() != 2) throw NoRange(range);
            yield return new LumiRange(number, Section(range[0]), Section(range[1]));
        }

        long Section(JsonElement one) =>
            one.ValueKind == JsonValueKind.Number && one.TryGetInt64(out long section) && section >= 0 ? section : throw NoRange(one);

        StepFailed NoRange(JsonElement found) =>
            FormatErrors.NotA(path, Kind, $"run {run.Name}: {found.GetRawText()} where [first section, last section] should be");
    }
}
