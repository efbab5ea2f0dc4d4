using TauPipeline.Configuration;
using TauPipeline.Expressions;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// Reads a discriminator of <c>source: onnx</c>: <c>model:</c> is the file; how it is fed says a <c>sheet:</c> that <c>--target=Export</c>
/// wrote, or the campaign: <c>inputs: { NAME: [expressions] }</c>, <c>output:</c>, <c>classes:</c> and <c>signals:</c>.
/// </summary>
internal static class ForeignModelSettings
{
    /// <summary>The model; <see langword="null"/> if there is none.</summary>
    public static ForeignModel? Read(string name, ConfigBlock block, ClassScheme classes)
    {
        RawEntry[] files = [.. block.Block("model").List("inputs").Select(file => RawEntry.Read($"discriminators/{name}", file))];
        if (files is not [var file])
        {
            block.Wrong("model", "one ONNX file", $"{files.Length}");
            return null;
        }
        bool hasSheet = block.Has("sheet");
        ConfigBlock told = hasSheet ? block.Block("sheet") : block;
        bool scales = !hasSheet || told.Choice("scaling", ["inside", "beside"]) == "inside";
        (IReadOnlyList<ForeignInput> inputs, SettingsUsed ofInputs) = hasSheet ? OfSheet(told) : OfCampaign(told);
        string output = told.Text("output");
        IReadOnlyList<string> all = told.Texts("classes");
        IReadOnlyList<string> signals = told.Texts("signals", [.. classes.Signals.Select(one => one.Name).Where(all.Contains)]);
        foreach (string missing in signals.Except(all)) told.Wrong("signals", $"classes of the model: {string.Join(", ", all)}", missing);
        if (signals.Count == 0) told.Wrong("signals", $"at least one of {string.Join(", ", all)}", "none");
        return new(name, file.File, inputs, scales, output, all, signals) { Used = told.Used().And(ofInputs) };
    }

    // A model of others takes numbers as they are, a missing one as NaN.
    private static (IReadOnlyList<ForeignInput> Inputs, SettingsUsed Used) OfCampaign(ConfigBlock block)
    {
        ConfigBlock places = block.Block("inputs");
        var inputs = new List<ForeignInput>();
        foreach ((string name, IReadOnlyList<string> texts) in block.TextsMap("inputs"))
        {
            Feature[] features =
            [
                .. texts.Select((text, i) => new Feature($"{name} {i}", ScalingKind.NoScaling, null) { Value = Parse(block, places.At(name), text) }),
            ];
            inputs.Add(new(
                new(name, features.Length), features, new FeatureScaling(features.Select(feature => FeatureScale.Identity(feature.Name)))));
        }
        if (inputs.Count == 0) block.Wrong("inputs", "a sheet:, or a list of expressions for each input of the model", "none");
        return (inputs, places.Used());
    }

    private static (IReadOnlyList<ForeignInput> Inputs, SettingsUsed Used) OfSheet(ConfigBlock sheet)
    {
        var inputs = new List<ForeignInput>();
        SettingsUsed used = SettingsUsed.None;
        foreach (ConfigBlock input in sheet.List("inputs"))
        {
            if (input.Whole("eta_cells") + input.Whole("phi_cells") > 0)
                input.Wrong("eta_cells", "0: a network that takes no grids, which are filled for this campaign's own network alone", "a grid");
            var features = new List<Feature>();
            var scales = new List<FeatureScale>();
            foreach (ConfigBlock block in input.List("features"))
            {
                (Feature feature, FeatureScale scale) = FeatureOf(block);
                features.Add(feature);
                scales.Add(scale);
                used = used.And(block.Used());
            }
            inputs.Add(new(new(input.Text("name"), features.Count), features, new FeatureScaling(scales)));
            used = used.And(input.Used());
        }
        return (inputs, used);
    }

    private static (Feature Feature, FeatureScale Scale) FeatureOf(ConfigBlock block)
    {
        string name = block.Text("name");
        double mean = block.Number("mean"), std = block.Number("std"), pad = block.Number("pad");
        double low = block.Has("low") ? block.Number("low") : double.NegativeInfinity;
        double high = block.Has("high") ? block.Number("high") : double.PositiveInfinity;
        string policy = block.Choice("non_finite", ScalingNames.Policies);
        var feature = new Feature(name, ScalingKind.NoScaling, null)
        {
            Value = Parse(block, block.At("value"), block.Text("value")),
            When = block.Has("when") ? Parse(block, block.At("when"), block.Text("when")) : null,
            Pad = pad,
        };
        FeatureScale scale = FeatureScale.Stored(name, ConstituentCone.Global, ScalingKind.Normal, (mean, std, low, high))
            with
        { Pad = pad, NonFinite = block.Mistakes.Try(() => ScalingNames.ParsePolicy(policy), NonFinite.Clamp) };
        return (feature, scale);
    }

    private static Expression Parse(ConfigBlock block, string where, string text) =>
        block.Mistakes.Try(() => Expression.Parse(text, where), Expression.Parse("0", where));
}
