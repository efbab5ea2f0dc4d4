using System.Text.RegularExpressions;
using TauPipeline.Configuration;

namespace TauPipeline.Import;

/// <summary>
/// The features of a training YAML, <c>name: [selection, aliases, scaling, limits]</c>. Those of the candidate itself become features
/// of ours; those of constituents in cells are for a network that is not there.
/// </summary>
internal static class TauMlFeatures
{
    private const string Flat = "TauFlat";

    /// <summary>Writes <c>ingest: columns:</c> and <c>definitions: features:</c>.</summary>
    public static void Write(CampaignBlock columns, CampaignBlock features, TauMlFiles files, ImportNotes notes)
    {
        ForeignNode all = files.Training!.Need("Features_all");
        if (files.Scaling is { } scaling) notes.Add(scaling.Where, "scaling constants", "are worked out from the train rows");
        ForeignNode? disabled = files.Training.Find("Features_disable");
        foreach (string block in all.Keys.Where(block => block != Flat))
        {
            notes.Add(all, block, "features of cells are for the grid network");
            disabled?.Find(block)?.TakeAll();
        }
        string[] without = [.. disabled?.Find(Flat)?.Texts() ?? []];
        ForeignNode flat = all.Need(Flat);
        string[] known = [.. flat.Items.SelectMany(item => item.Keys)];
        foreach (string name in without.Except(known)) throw disabled!.Find(Flat)!.Wrong($"names of features ('{name}' is none)");
        foreach (ForeignNode item in flat.Items)
            foreach (string name in item.Keys)
            {
                ForeignNode entry = item.Need(name);
                if (!without.Contains(name)) One(name, entry, columns, features);
            }
    }

    private static void One(string name, ForeignNode entry, CampaignBlock columns, CampaignBlock features)
    {
        IReadOnlyList<ForeignNode> parts = entry.Items;
        if (parts.Count < 3 || parts[2].Text is not { } kind) throw entry.Wrong("[selection, aliases, scaling, limits]");
        (ForeignNode selection, ForeignNode aliases) = (parts[0], parts[1]);
        ForeignNode[] limits = [.. parts.Skip(3)];
        string value = Expression(name, aliases);
        if (selection.Text is { } cut) columns.Add(name, $"where({cut}, {value}, missing)");
        else if (value != name) columns.Add(name, value);

        string scaled = kind == "no scaling" ? "no_scaling" : kind;
        if (scaled is not ("no_scaling" or "categorical" or "linear" or "normal"))
            throw entry.Wrong("no_scaling, categorical, linear or normal");
        CampaignBlock feature = features.Block(name).Add("scaling", scaled);
        if (scaled is "linear" or "normal") feature.Add("range", limits.Length == 2 ? [limits[0].Number(), limits[1].Number()]
            : scaled == "normal" && limits.Length == 0 ? [-1e30, 1e30] : throw entry.Wrong("two limits"));
    }

    // Other aliases of a feature stand in its own as names.
    private static string Expression(string name, ForeignNode aliases)
    {
        string value = aliases.Find(name)?.Text ?? name;
        foreach (string other in aliases.Keys.Where(other => other != name))
            value = Regex.Replace(value, $@"\b{Regex.Escape(other)}\b", $"({aliases.Need(other).Text})", RegexOptions.CultureInvariant);
        return value;
    }
}
