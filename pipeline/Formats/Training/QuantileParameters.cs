using System.Text.Json;
using System.Text.Json.Nodes;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Statistics;

namespace TauPipeline.Formats;

/// <summary>
/// Quantiles of features by file as TauMLTools keeps them, <c>quantile_params_v5.json</c>: group, feature, cone, file, then
/// <c>median, min, max, 1sigma: {left, right}…</c>, all null where there is no value (data-preparation 4.10).
/// </summary>
public sealed class QuantileParameters : IProduct<QuantileParameters>
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, NewLine = "\n" };
    private static readonly int[] Sigmas = [1, 2, 3, 5];

    private readonly JsonObject _groups;

    /// <summary>Quantiles of no file yet.</summary>
    public QuantileParameters() : this([]) { }

    private QuantileParameters(JsonObject groups) => _groups = groups;

    /// <summary>Adds those of a feature in a file.</summary>
    public void Add((string Group, string Name, ConstituentCone Cone) feature, string file, QuantileSummary? summary) =>
        Child(Child(Child(_groups, feature.Group), feature.Name), ScalingNames.Of(feature.Cone))[file] = Entry(summary);

    /// <summary>A number of an entry: <c>median</c>, or the <c>left</c> of <c>1sigma</c>; null where there was no value.</summary>
    /// <exception cref="StepFailed">There is no such entry.</exception>
    public double? Of((string Group, string Name, ConstituentCone Cone) feature, string file, params ReadOnlySpan<string> keys)
    {
        JsonNode? entry = _groups[feature.Group]?[feature.Name]?[ScalingNames.Of(feature.Cone)]?[file]
            ?? throw FormatErrors.NoScaling("quantiles", feature.Name, _groups.Select(group => group.Key));
        foreach (string key in keys) entry = entry?[key];
        return entry?.GetValue<double>();
    }

    /// <inheritdoc/>
    /// <exception cref="StepFailed">The file is no JSON object.</exception>
    public static QuantileParameters Read(ProductInput from)
    {
        try
        {
            return new(
                JsonNode.Parse(TextFile.Load(from.Path)) as JsonObject ?? throw FormatErrors.NotA(from.Path, "set of quantiles", "no object"));
        }
        catch (JsonException wrong)
        {
            throw FormatErrors.NotA(from.Path, "set of quantiles", wrong);
        }
    }

    /// <inheritdoc/>
    public static void Write(ProductOutput to, QuantileParameters value) =>
        File.WriteAllText(to.Path, value._groups.ToJsonString(Layout) + "\n");

    private static JsonObject Entry(QuantileSummary? summary)
    {
        var entry = new JsonObject { ["median"] = summary?.Median, ["min"] = summary?.Minimum, ["max"] = summary?.Maximum };
        for (int level = 0; level < Sigmas.Length; level++)
            entry[$"{Sigmas[level]}sigma"] =
                new JsonObject { ["left"] = summary?.Sigmas[level].Left, ["right"] = summary?.Sigmas[level].Right };
        return entry;
    }

    private static JsonObject Child(JsonObject parent, string name)
    {
        if (parent[name] is JsonObject child) return child;
        parent[name] = child = [];
        return child;
    }
}
