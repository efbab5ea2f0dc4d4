using TauPipeline.Configuration;
using TauPipeline.Expressions;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// The features of a campaign: <c>definitions: features:</c>, with the <c>groups:</c> that they are of, the cones that <c>cones:</c>
/// draws, the grids that <c>grids:</c> and <c>components:</c> make of them, and the lists of <c>lists:</c>.
/// </summary>
public sealed record FeatureSettings(IReadOnlyList<Feature> Features, SettingsUsed Used)
{
    private static readonly string[] Kinds = ["no_scaling", "categorical", "linear", "normal", "quantile"];
    private static readonly List<string> Policies = [.. ScalingNames.Policies];

    /// <summary>
    /// Those that are one number a candidate, in order, but for those that only cells have: the group of these is named by a component.
    /// </summary>
    public IReadOnlyList<Feature> Inputs => field ??= [.. Features.Where(feature => feature.IsFlat && !IsOfCells(feature))];

    /// <summary>The grids that constituents stand in; <see langword="null"/> if the campaign has none.</summary>
    public GridLayout? Grids { get; private init; }

    /// <summary>The lists of constituents.</summary>
    public IReadOnlyList<ObjectList> Lists { get; private init; } = [];

    /// <summary>What enters fingerprints of those who take lists, beside <see cref="Used"/>.</summary>
    public SettingsUsed ListsUsed { get; private init; } = SettingsUsed.None;

    /// <summary>What enters fingerprints of those who fill grids, beside <see cref="Used"/>.</summary>
    public SettingsUsed GridsUsed { get; private init; } = SettingsUsed.None;

    /// <summary>The cones that tell constituents apart.</summary>
    public ConstituentCones Cone { get; private init; } = new();

    /// <summary>The columns that the features are made of, in order.</summary>
    public IReadOnlyList<string> Columns => field ??=
        [.. ColumnsOf(Features).Union(GridColumns, StringComparer.Ordinal).Union(ListColumns, StringComparer.Ordinal)];

    /// <summary>The columns that a flat network is fed with, in order.</summary>
    public IReadOnlyList<string> InputColumns => field ??= ColumnsOf(Inputs);

    /// <summary>The columns that grids are filled with.</summary>
    public IReadOnlyList<string> GridColumns => Grids?.Columns ?? [];

    /// <summary>The columns that lists are made of.</summary>
    public IEnumerable<string> ListColumns => Lists.SelectMany(list => list.Columns);

    /// <summary>The columns that features are by their own name, or go by to tell cones, and where the campaign names them.</summary>
    public IReadOnlyList<(string Where, string Column)> Named { get; private init; } = [];

    /// <summary>The columns that a network is fed with that takes constituents so.</summary>
    public IReadOnlyList<string> ColumnsFor(ConstituentForm form) => form switch
    {
        ConstituentForm.Grids => [.. InputColumns.Union(GridColumns, StringComparer.Ordinal)],
        ConstituentForm.Lists => [.. InputColumns.Union(ListColumns, StringComparer.Ordinal)],
        _ => InputColumns,
    };

    /// <summary>The groups that a feature stands in: its own, and those of cells that share it.</summary>
    public IEnumerable<string> GroupsOf(Feature feature) =>
        Sharing.Where(group => group.Features.Contains(feature.Name)).Select(group => group.Group).Prepend(feature.Group);

    // Groups that have features of others.
    private IReadOnlyList<(string Group, IReadOnlyList<string> Features)> Sharing { get; init; } = [];

    /// <summary>What enters the fingerprint of who feeds a network.</summary>
    public SettingsUsed UsedFor(ConstituentForm form) => form switch
    {
        ConstituentForm.Grids => Used.And(GridsUsed),
        ConstituentForm.Lists => Used.And(ListsUsed),
        _ => Used,
    };

    /// <summary>The expressions that must fit the candidates.</summary>
    public IEnumerable<Expression> Expressions => Features.SelectMany(one => new[] { one.Value, one.When })
        .Concat(Grids?.Objects.SelectMany(group => new[] { group.When, group.Require }) ?? [])
        .Concat(Lists.SelectMany(list => new[] { list.Group.When, list.By })).OfType<Expression>();

    /// <summary>Reads <c>definitions: features:</c>; <c>train: without:</c> takes some out.</summary>
    public static FeatureSettings Read(ConfigBlock definitions, ConfigBlock train)
    {
        var features = new List<Feature>();
        var named = new List<(string, string)>();
        ConfigBlock cones = definitions.Block("cones");
        var cone = new ConstituentCones(
            cones.Number("least_pt", 30, "GeV", 0), cones.Number("least_radius", 0.05, "", 0), cones.Number("opening", 3, "GeV", 0),
            cones.Number("outer", 0.5, "", 0));
        SettingsUsed used = cones.Used();
        IReadOnlyList<string> without = train.Texts("without", []);
        IReadOnlyDictionary<string, GroupSettings> groups = GroupSettings.ReadAll(definitions);
        string[] listed = [.. definitions.Blocks("lists").Select(list => list.Name)];
        foreach ((string name, ConfigBlock block) in definitions.Blocks("features"))
        {
            Feature feature = Read(name, block, groups, listed);
            if (feature.Columns.FirstOrDefault(CandidateColumns.IsTruth) is { } truth)
                block.Mistakes.Add(new ErrorText($"{block.Where}: '{truth}' carries truth and cannot be an input of the network"));
            if (without.Contains(name)) continue;
            features.Add(feature);
            named.AddRange((feature.Value is null ? feature.Columns : feature.Columns.Except(feature.Value.Columns))
                .Except(feature.When?.Columns ?? []).Select(column => (block.Where, column)));
            used = used.And(block.Used());
        }
        string[] known = [.. definitions.Blocks("features").Select(feature => feature.Name)];
        foreach (string name in without)
            if (!known.Contains(name))
                train.Wrong("without", "names of features", $"'{name}', nearest {ErrorText.Nearest(name, known, 1)}");
        if (!features.Any(feature => feature.IsFlat)) definitions.Wrong("features", "at least one feature of candidates", "none");
        foreach (GroupSettings group in groups.Values) used = used.And(group.Block.Used());
        GridSettings? grids = GridSettings.Read(definitions, (features, known), groups, cone);
        (IReadOnlyList<ObjectList> lists, SettingsUsed ofLists) = ListSettings.Read(definitions, (features, known), groups);
        return new FeatureSettings(features, used.And("definitions.features", features.Select(feature => feature.Name)))
        {
            Named =
            [
                .. named, .. grids?.Named ?? [],
                .. lists.SelectMany(list => list.Columns.Select(column => (definitions.At("lists"), column))),
            ],
            Cone = cone,
            Sharing = [.. groups.Values.Select(group => (group.Name, group.Shared))],
            Grids = grids?.Layout,
            Lists = lists,
            ListsUsed = ofLists,
            GridsUsed = grids?.Used ?? SettingsUsed.None,
        };
    }

    private bool IsOfCells(Feature feature) =>
        feature.Group != Feature.OfCandidates
        && Grids?.Components.Any(component => component.Groups.Any(group => group.Name == feature.Group)) == true;

    private static Feature Read(
        string name, ConfigBlock block, IReadOnlyDictionary<string, GroupSettings> groups, IReadOnlyCollection<string> listed)
    {
        var kind = (ScalingKind)Math.Max(0, Array.IndexOf(Kinds, block.Choice("scaling", Kinds, "normal")));
        GroupSettings? group = block.Has("group") ? groups.GetValueOrDefault(block.Text("group")) : null;
        string constituents = block.Text("constituents", group?.Constituents ?? "");
        if (group is not null && constituents != group.Constituents)
            block.Wrong("constituents", $"those of its group, '{group.Constituents}'", $"'{constituents}'");
        Expression? when = GroupSettings.Parse(block, "when");
        return new Feature(name, kind, Range(block, "range", kind))
        {
            OuterRange = block.Has("outer_range") ? Range(block, "outer_range", kind) : null,
            Value = GroupSettings.Parse(block, "value"),
            When = group?.When is { } ofGroup ? when?.And(ofGroup) ?? ofGroup : when,
            Constituents = constituents,
            ByCone = block.Flag("by_cone", constituents.Length > 0 && (group is null || !listed.Contains(group.Name)))
                && constituents.Length > 0,
            Pad = block.Number("pad", 0),
            NonFinite = (NonFinite)Math.Max(0, Policies.IndexOf(block.Choice("non_finite", Policies, ScalingNames.Of(NonFinite.Clamp)))),
            LargestNotFinite = block.Number("largest_not_finite", 1, "", 0, 1),
            Group = block.Text("group", constituents.Length > 0 ? constituents : Feature.OfCandidates),
        };
    }

    private static (double, double)? Range(ConfigBlock block, string key, ScalingKind kind)
    {
        bool isCut = kind is ScalingKind.Normal or ScalingKind.Quantile;
        if (isCut && block.Has(key) && !block.HasList(key) && block.Text(key) == "none") return null;
        IReadOnlyList<double> range = block.Numbers(key, isCut ? [-5, 5] : []);
        if ((isCut || kind == ScalingKind.Linear) && (range.Count != 2 || range[0] >= range[1]))
            block.Wrong(key, "two rising numbers", string.Join(", ", range.Select(SettingsUsed.Canonical)));
        return range.Count == 2 ? (range[0], range[1]) : null;
    }

    private static string[] ColumnsOf(IEnumerable<Feature> features) =>
        [.. features.SelectMany(feature => feature.Columns).Distinct(StringComparer.Ordinal)];
}
