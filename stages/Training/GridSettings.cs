using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>The blocks <c>grids:</c> and <c>components:</c> of <c>definitions:</c>: where constituents stand, and what of them.</summary>
/// <param name="Layout">The grids and their columns.</param>
/// <param name="Used">What enters fingerprints of those who fill grids.</param>
/// <param name="Named">The columns that the grids go by, and where the campaign names what is in them.</param>
internal sealed record GridSettings(GridLayout Layout, SettingsUsed Used, IReadOnlyList<(string Where, string Column)> Named)
{
    private const int MostCells = 1001;

    /// <summary>Reads the blocks; <see langword="null"/> if the campaign has no grids.</summary>
    /// <param name="definitions">Where they stand.</param>
    /// <param name="features">Those of the campaign, and the names of all, of those that are left out too.</param>
    /// <param name="groups">The groups that have a block.</param>
    /// <param name="cones">The cones of the campaign.</param>
    public static GridSettings? Read(
        ConfigBlock definitions, (IReadOnlyList<Feature> Kept, IReadOnlyCollection<string> All) features,
        IReadOnlyDictionary<string, GroupSettings> groups, ConstituentCones cones)
    {
        IReadOnlyList<(string Name, ConfigBlock Block)> grids = definitions.Blocks("grids");
        IReadOnlyList<(string Name, IReadOnlyList<string> Groups)> components = definitions.TextsMap("components");
        if (grids.Count == 0 && components.Count == 0) return null;
        if (grids.Count == 0) definitions.Wrong("grids", "at least one grid for the components", "none");
        if (components.Count == 0) definitions.Wrong("components", "at least one component for the grids", "none");
        // An input is grid_component.
        foreach ((string name, ConfigBlock _) in grids)
            if (!name.All(char.IsAsciiLetterOrDigit)) definitions.Block("grids").Wrong(name, "a name of letters and digits", name);
        GridLocation[] locations = [.. grids.Select(grid => Location(grid.Name, grid.Block))];
        var known = new Dictionary<string, FeatureGroup>(StringComparer.Ordinal);
        foreach (string name in groups.Keys.Concat(features.Kept.Select(feature => feature.Group)).Distinct(StringComparer.Ordinal))
            known[name] = Group(name, definitions, features, groups);
        var used = SettingsUsed.None;
        var made = new List<GridComponent>();
        foreach ((string name, IReadOnlyList<string> ofGroups) in components)
        {
            Check(definitions.Block("components"), name, ofGroups, known, made);
            made.Add(new GridComponent(name, [.. ofGroups.Where(known.ContainsKey).Select(group => known[group])]));
            used = used.And($"definitions.components.{name}", ofGroups)
                .And($"definitions.components.{name}.columns", made[^1].Features.Select(feature => feature.Name));
        }
        foreach ((string _, ConfigBlock block) in grids) used = used.And(block.Used());
        used = used.And("definitions.grids", locations.Select(one => one.Name)).And("definitions.components", made.Select(one => one.Name));
        var layout = new GridLayout(locations, made, cones);
        return new GridSettings(layout, used, [.. layout.Objects.SelectMany(group => ConstituentCones.ColumnsOf(group.Constituents)
            .Append(ConstituentCones.PtOf(group.Constituents)).Select(column => (WhereOf(group), column)))]);

        string WhereOf(FeatureGroup group) =>
            groups.TryGetValue(group.Name, out GroupSettings? one) ? one.Block.Where : definitions.At("components");
    }

    private static GridLocation Location(string name, ConfigBlock block)
    {
        IReadOnlyList<int> cells = block.Wholes("cells", null, 1, MostCells);
        if (cells.Count is 0 or > 2) block.Wrong("cells", "one count, or one along eta and one along phi", $"{cells.Count}");
        double size = block.Number("size", null, "", 0);
        if (size <= 0) block.Wrong("size", "a length above 0", SettingsUsed.Canonical(size));
        string cone = block.Choice("cone", ["inner", "outer"]);
        bool withoutInner = block.Flag("without_inner");
        if (withoutInner && cone == "inner") block.Wrong("without_inner", "a grid of the outer cone", "inner");
        var grid = new EtaPhiGrid(cells.Count > 0 ? cells[0] : 1, cells.Count > 0 ? cells[^1] : 1, size > 0 ? size : 1);
        return new GridLocation(name, grid, cone == "outer" ? ConstituentCone.Outer : ConstituentCone.Inner, withoutInner);
    }

    // A group without a block has what its features say.
    private static FeatureGroup Group(
        string name, ConfigBlock definitions, (IReadOnlyList<Feature> Kept, IReadOnlyCollection<string> All) features,
        IReadOnlyDictionary<string, GroupSettings> groups)
    {
        if (groups.TryGetValue(name, out GroupSettings? group)) return group.Of(features.Kept, features.All);
        Feature[] own = [.. features.Kept.Where(feature => feature.Group == name)];
        if (own.Any(feature => feature.Constituents != own[0].Constituents))
            definitions.Wrong("features", $"one kind of constituents in group '{name}'",
                string.Join(", ", own.Select(feature => feature.IsFlat ? "candidates" : feature.Constituents).Distinct()));
        return new FeatureGroup(name, own) { Constituents = own[0].Constituents };
    }

    private static void Check(
        ConfigBlock components, string name, IReadOnlyList<string> groups, Dictionary<string, FeatureGroup> known,
        IReadOnlyList<GridComponent> before)
    {
        foreach (string group in groups)
            if (!known.TryGetValue(group, out FeatureGroup? found))
                components.Wrong(name, "groups of features", $"'{group}', nearest {ErrorText.Nearest(group, known.Keys, 1)}");
            else if (groups.Count(other => other == group) > 1) components.Wrong(name, "each group once", $"'{group}' twice");
            else if (!found.IsFlat && before.FirstOrDefault(other => other.Groups.Contains(found)) is { } other)
                components.Wrong(name, "groups of objects that are in one component", $"'{group}', which is in '{other.Name}' too");
        if (!groups.Any(group => known.TryGetValue(group, out FeatureGroup? found) && !found.IsFlat))
            components.Wrong(name, "at least one group of constituents", "none");
    }
}
