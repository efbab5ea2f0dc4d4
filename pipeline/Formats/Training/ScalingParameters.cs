using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Statistics;

namespace TauPipeline.Formats;

/// <summary>
/// Scaling constants as TauMLTools keeps them, <c>scaling_params_v5.json</c>: group, feature, cone, then <c>mean, std, lim_min, lim_max</c>
/// as numbers or texts, and perhaps <c>num, sqmean</c> (data-preparation 4.10, training-and-evaluation 1.6).
/// </summary>
public sealed class ScalingParameters : IProduct<ScalingParameters>
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, NewLine = "\n" };

    private readonly JsonObject _groups;
    private readonly string _path;

    private ScalingParameters(JsonObject groups, string path) => (_groups, _path) = (groups, path);

    /// <summary>Constants of these features.</summary>
    /// <param name="scales">The group of each, and its scaling.</param>
    public static ScalingParameters Of(IEnumerable<(string Group, FeatureScale Scale)> scales)
    {
        var groups = new JsonObject();
        foreach ((string group, FeatureScale scale) in scales)
        {
            bool isComputed = scale.Kind is ScalingKind.Normal, isEmpty = isComputed && scale.Sample.Count < 2;
            Child(Child(groups, group), scale.Feature)[ScalingNames.Of(scale.Cone)] = new JsonObject
            {
                ["mean"] = isEmpty ? null : scale.Mean,
                ["std"] = isEmpty ? null : scale.Std,
                ["lim_min"] = Limit(scale.Low),
                ["lim_max"] = Limit(scale.High),
                ["sqmean"] = isComputed && !isEmpty ? scale.Sample.Variance + scale.Sample.Mean * scale.Sample.Mean : null,
                ["num"] = isComputed ? scale.Sample.Count : null,
            };
        }
        return new(groups, "");
    }

    /// <inheritdoc/>
    /// <exception cref="StepFailed">The file is no JSON object.</exception>
    public static ScalingParameters Read(ProductInput from)
    {
        try
        {
            return new(
                JsonNode.Parse(TextFile.Load(from.Path)) as JsonObject ?? throw FormatErrors.NotA(from.Path, "set of scaling constants", "no object"),
                from.Path);
        }
        catch (JsonException wrong)
        {
            throw FormatErrors.NotA(from.Path, "set of scaling constants", wrong);
        }
    }

    /// <inheritdoc/>
    public static void Write(ProductOutput to, ScalingParameters value) =>
        File.WriteAllText(to.Path, value._groups.ToJsonString(Layout) + "\n");

    /// <summary>The scaling of a feature in a cone; constants of all constituents serve both cones.</summary>
    /// <exception cref="StepFailed">There is none, it is none, or the group is unknown and several have that feature.</exception>
    public FeatureScale Of(Feature feature, ConstituentCone cone)
    {
        JsonObject[] named =
        [
            .. (_groups[feature.Group] is JsonObject group && group.ContainsKey(feature.Name) ? [group] : _groups.Select(one => one.Value))
                .OfType<JsonObject>().Select(one => one[feature.Name]).OfType<JsonObject>(),
        ];
        if (named.Length == 0)
            throw FormatErrors.NoScaling(
                _path, feature.Name, _groups.SelectMany(one => one.Value as JsonObject ?? []).Select(one => one.Key));
        if (named.Length > 1) throw FormatErrors.SeveralScalings(_path, feature.Name, _groups.Select(one => one.Key));
        string[] cones = [.. named[0].Select(one => one.Key).Order(StringComparer.Ordinal)];
        if (cones is not (["global"] or ["inner", "outer"])) throw Wrong(feature, cone, string.Join(", ", cones));
        JsonObject constants = named[0][ScalingNames.Of(cone)] as JsonObject ?? named[0]["global"] as JsonObject
            ?? throw Wrong(feature, cone, string.Join(", ", cones));
        (double low, double high) = (Number("lim_min"), Number("lim_max"));
        (double mean, double std) = (Number("mean"), Number("std"));
        if (!(low < high) || std < 0) throw Wrong(feature, cone, constants.ToJsonString());
        long count = constants["num"] is { } number ? number.GetValue<long>() : 0;
        return FeatureScale.Stored(
            feature.Name, cone, feature.Kind, (mean, std, low, high), new Moments(count, mean, std * std * count))
            with
        { Pad = feature.Pad, NonFinite = feature.NonFinite };

        double Number(string key) => constants[key] is JsonValue value && TryRead(value, out double read)
            ? read
            : throw Wrong(feature, cone, $"{key}: {constants[key]?.ToJsonString() ?? "null"}");
    }

    private StepFailed Wrong(Feature feature, ConstituentCone cone, string found) =>
        FormatErrors.NoConstants(_path, $"{feature.Name} ({ScalingNames.Of(cone)})", found);

    // Numbers, and texts that hold one: files mix them.
    private static bool TryRead(JsonValue value, out double number)
    {
        if (value.TryGetValue(out number)) return true;
        number = 0;
        if (!value.TryGetValue(out string? text)) return false;
        if (text is "inf" or "-inf")
        {
            number = text == "inf" ? double.PositiveInfinity : double.NegativeInfinity;
            return true;
        }
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
    }

    private static JsonNode Limit(double limit) => double.IsFinite(limit) ? limit : limit > 0 ? "inf" : "-inf";

    private static JsonObject Child(JsonObject parent, string name)
    {
        if (parent[name] is JsonObject child) return child;
        parent[name] = child = [];
        return child;
    }
}
