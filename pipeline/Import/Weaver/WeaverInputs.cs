using System.Globalization;
using TauPipeline.Configuration;

namespace TauPipeline.Import;

/// <summary>
/// The inputs of a weaver data configuration as features: what it scales by hand is scaled the same, in a column of its own.
/// </summary>
internal sealed class WeaverInputs(WeaverExpressions expressions, bool isAuto, ImportNotes notes)
{
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);

    /// <summary>Writes all groups.</summary>
    public void Write(ForeignNode inputs, CampaignBlock columns, CampaignBlock features)
    {
        foreach (string name in inputs.Keys)
        {
            ForeignNode group = inputs.Need(name);
            bool isList = group.Find("length") is not null;
            notes.AddIfThere(group, "lists are not padded", "pad_mode");
            if (name.EndsWith("_mask", StringComparison.Ordinal))
            {
                notes.Add(inputs, name, "lists are not padded");
                continue;
            }
            if (isList) notes.Add(group.At("length"), $"{name}.length", "the network is a flat one: lists enter by their mean");
            foreach (ForeignNode variable in group.Need("vars").Items) One(variable, isList, columns, features);
        }
    }

    private void One(ForeignNode variable, bool isList, CampaignBlock columns, CampaignBlock features)
    {
        IReadOnlyList<ForeignNode> parts = variable.Items;
        if (parts is not [{ Text: { } name }, ..]) throw variable.Wrong("a variable, or [variable, subtract, multiply, clip_min, clip_max]");
        string feature = isList ? $"mean_{name}" : name;
        if (expressions.IsLost(name)) notes.Add(variable.Where, name, "is made of what cannot be said here");
        else if (_written.Add(feature)) Write(parts, expressions.Of(name), isList, feature, columns, features);
    }

    private void Write(
        IReadOnlyList<ForeignNode> parts, string value, bool isList, string feature, CampaignBlock columns, CampaignBlock features)
    {
        double? Part(int at) => at < parts.Count && parts[at].Text is not null ? parts[at].Number() : null;
        bool isScaled = Part(1) is not null;
        string scaled = !isScaled ? value : FormattableString.Invariant(
            $"clamp(({value} - {Text(Part(1)!.Value)}) * {Text(Part(2) ?? 1)}, {Text(Part(3) ?? -5)}, {Text(Part(4) ?? 5)})");
        if (isList) scaled = $"sum({scaled}) / max(1, length({value}))";
        // Whoever asks for the variable itself, in cells or a selection, must not be given what is scaled.
        if (scaled != feature) columns.Add(feature = isList || !isScaled ? feature : $"scaled_{feature}", scaled);
        CampaignBlock written = features.Block(feature);
        // Without a centre weaver scales by percentiles where it is told to, and not at all where not.
        if (!isScaled && isAuto) written.Add("scaling", "quantile").Add("range", [-5.0, 5]);
        else written.Add("scaling", "no_scaling");
    }

    private static string Text(double number) =>
        number < 0 ? $"({number.ToString("R", CultureInfo.InvariantCulture)})" : number.ToString("R", CultureInfo.InvariantCulture);
}
