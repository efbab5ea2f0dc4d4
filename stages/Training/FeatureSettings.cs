using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>An input of the network: a column, and how it is scaled.</summary>
/// <param name="Name">The column.</param>
/// <param name="Kind">How it is scaled.</param>
/// <param name="Range">From, to of linear; limits in standard deviations of normal.</param>
public sealed record Feature(string Name, ScalingKind Kind, (double Low, double High)? Range);

/// <summary>The network's inputs: <c>definitions: features:</c>.</summary>
public sealed record FeatureSettings(IReadOnlyList<Feature> Features, SettingsUsed Used)
{
    /// <summary>The columns, in order.</summary>
    public IReadOnlyList<string> Names => [.. Features.Select(feature => feature.Name)];

    /// <summary>The columns, and where the campaign names them.</summary>
    public IReadOnlyList<(string Where, string Column)> Columns { get; init; } = [];

    /// <summary>Reads <c>definitions: features:</c>; <c>train: without:</c> takes some out.</summary>
    public static FeatureSettings Read(ConfigBlock definitions, ConfigBlock train)
    {
        var features = new List<Feature>();
        var columns = new List<(string, string)>();
        SettingsUsed used = SettingsUsed.None;
        IReadOnlyList<string> without = train.Texts("without", []);
        foreach ((string name, ConfigBlock block) in definitions.Blocks("features"))
        {
            ScalingKind kind = ScalingNames.ParseKind(block.Choice("scaling", ["no_scaling", "categorical", "linear", "normal"], "normal"));
            IReadOnlyList<double> range = block.Numbers("range", kind == ScalingKind.Normal ? [-5, 5] : []);
            if (kind is ScalingKind.Linear or ScalingKind.Normal && (range.Count != 2 || range[0] >= range[1]))
                block.Wrong("range", "two rising numbers", string.Join(", ", range.Select(SettingsUsed.Canonical)));
            if (CandidateColumns.IsTruth(name))
                block.Mistakes.Add(new ErrorText($"{block.Where}: '{name}' carries truth and cannot be an input of the network"));
            if (without.Contains(name)) continue;
            features.Add(new Feature(name, kind, range.Count == 2 ? (range[0], range[1]) : null));
            columns.Add((block.Where, name));
            used = used.And(block.Used());
        }
        string[] known = [.. definitions.Blocks("features").Select(feature => feature.Name)];
        foreach (string name in without)
            if (!known.Contains(name))
                train.Wrong("without", "names of features", $"'{name}', nearest {ErrorText.Nearest(name, known, 1)}");
        if (features.Count == 0) definitions.Wrong("features", "at least one feature", "none");
        return new FeatureSettings(features, used.And("definitions.features", features.Select(feature => feature.Name)))
        {
            Columns = columns,
        };
    }
}
