using System.Text.RegularExpressions;
using TauPipeline.Configuration;

namespace TauPipeline.Import;

/// <summary>
/// The features of a training YAML, <c>name: [selection, aliases, scaling, limits]</c>: those of the candidate, and those of constituents,
/// which are scaled apart in the signal cone and around it.
/// </summary>
internal static class TauMlFeatures
{
    // The same columns as TauFlat's, once for each cell of a grid.
    private const string Flat = "TauFlat", Global = "GridGlobal";

    /// <summary>Writes <c>definitions: features:</c> and <c>cones:</c>, and where the constants are.</summary>
    public static void Write(CampaignBlock campaign, CampaignBlock definitions, TauMlFiles files, ImportSource source, ImportNotes notes)
    {
        ForeignNode all = files.Training!.Need("Features_all");
        ForeignNode? disabled = files.Training.Find("Features_disable"), setup = files.Training.Find("Scaling_setup");
        all.Need(Flat);
        foreach (string block in all.Keys)
        {
            ForeignNode group = all.Need(block);
            string[] without = [.. disabled?.Find(block)?.Texts() ?? []], known = [.. group.Items.SelectMany(item => item.Keys)];
            foreach (string name in without.Except(known)) throw disabled!.Find(block)!.Wrong($"names of features ('{name}' is none)");
            if (block == Global) notes.Add(all, block, $"features that {Flat} has are of the candidate, and not of each cell");
            else Group(group, (block, without, TableOf(block, setup)), definitions.Block("features"), notes);
        }
        if (setup?.Find("cone_definition") is { } cones) Cones(definitions.Block("cones"), cones);
        if (files.ScalingPath is { } path) campaign.Block("scale").Add("file", source.PathOf(path));
        else notes.AddIfThere(files.Training, "constants are worked out from the train rows", "scaling_cfg");
    }

    private static void Group(
        ForeignNode group, (string Name, string[] Without, string? Table) of, CampaignBlock features, ImportNotes notes)
    {
        foreach (ForeignNode item in group.Items)
            foreach (string name in item.Keys)
            {
                ForeignNode entry = item.Need(name);
                if (of.Without.Contains(name)) continue;
                IReadOnlyList<ForeignNode> parts = entry.Items;
                if (parts.Count < 3 || parts[2].Text is null) throw entry.Wrong("[selection, aliases, scaling, limits]");
                // What says that a cell has such an object is made by the loader there.
                if (of.Table is not null && name.EndsWith("_valid", StringComparison.Ordinal) && parts[1].Keys.Count == 0)
                    notes.Add(item.At(name), name, "whether a cell has such an object is not a feature of constituents");
                else One(name, parts, of.Name, features.Block(name), of.Table);
            }
    }

    private static void One(string name, IReadOnlyList<ForeignNode> parts, string group, CampaignBlock feature, string? table)
    {
        string kind = parts[2].Text == "no scaling" ? "no_scaling" : parts[2].Text!;
        if (kind is not ("no_scaling" or "categorical" or "linear" or "normal"))
            throw parts[2].Wrong("no_scaling, categorical, linear or normal");
        feature.Add("scaling", kind);
        if (kind is "linear" or "normal") Limits(feature, kind, [.. parts.Skip(3)], parts[2]);
        if (Expression(name, parts[1]) is var value && value != name) feature.Add("value", value);
        if (parts[0].Text is { } selection) feature.Add("when", selection);
        if (table is not null) feature.Add("constituents", table);
        if (group != Flat) feature.Add("group", group);
    }

    private static void Limits(CampaignBlock feature, string kind, ForeignNode[] limits, ForeignNode where)
    {
        if (limits is [{ IsMap: true } cones])
            feature.Add("range", cones.Need("inner").Numbers()).Add("outer_range", cones.Need("outer").Numbers());
        else if (limits.Length == 2) feature.Add("range", [limits[0].Number(), limits[1].Number()]);
        else if (limits.Length == 0 && kind == "normal") feature.Add("range", "none");
        else throw where.Wrong("two limits behind it, or those of the cones");
    }

    // Other aliases of a feature stand in its own as names.
    private static string Expression(string name, ForeignNode aliases)
    {
        string value = aliases.Find(name)?.Text ?? name;
        foreach (string other in aliases.Keys.Where(other => other != name))
            value = Regex.Replace(value, $@"\b{Regex.Escape(other)}\b", $"({aliases.Need(other).Text})", RegexOptions.CultureInvariant);
        return value;
    }

    // The table whose columns begin with its name: pfCand of pfCand_eta.
    private static string? TableOf(string block, ForeignNode? setup)
    {
        if (block == Flat) return null;
        string? eta = setup?.Find("cone_selection")?.Find(block)?.Find("var_names")?.Find("eta")?.Text;
        setup?.Find("cone_selection")?.Find(block)?.TakeAll();
        return eta is not null && eta.EndsWith("_eta", StringComparison.Ordinal) ? eta[..^4]
            : block switch { "Electron" => "ele", "Muon" => "muon", _ => "pfCand" };
    }

    private static void Cones(CampaignBlock into, ForeignNode cones)
    {
        ForeignNode? inner = cones.Find("inner");
        if (inner?.Find("min_pt")?.Number() is { } pt) into.Add("least_pt", pt);
        if (inner?.Find("min_radius")?.Number() is { } radius) into.Add("least_radius", radius);
        if (inner?.Find("opening_coef")?.Number() is { } opening) into.Add("opening", opening);
        if (cones.Find("outer")?.Find("dR")?.Number() is { } outer) into.Add("outer", outer);
    }
}
