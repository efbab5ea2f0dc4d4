using TauPipeline.Configuration;
using TauPipeline.Expressions;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Statistics;

namespace TauPipeline.Stages;

/// <summary>The block <c>control:</c>: a region of phase space in data and simulation, for domain adaptation.</summary>
/// <param name="Groups">What each batch is made of, in turn.</param>
/// <param name="Selection">Which rows are in the region; all if <see langword="null"/>.</param>
/// <param name="Pt">The bins in which groups are thinned, GeV.</param>
/// <param name="BlockRows">Rows of a group that are shuffled together.</param>
/// <param name="Classes">The classes of the campaign.</param>
/// <param name="Used">What enters fingerprints.</param>
public sealed record ControlSettings(
    IReadOnlyList<ControlGroup> Groups, Expression? Selection, BinEdges Pt, int BlockRows, ClassScheme Classes, SettingsUsed Used)
{
    // Training specification, section 14.
    private static readonly double[] OwnPt = [30, 35, 40, 45, 50, 55, 60, 65, 70, 80, 90, 100, 120, 140, 200, 400];

    /// <summary>Rows of a batch.</summary>
    public int BatchRows => Groups.Sum(group => group.Rows);

    /// <summary>Selection and weights.</summary>
    public IEnumerable<Expression> Expressions => Groups.Select(group => group.Times).Prepend(Selection).OfType<Expression>();

    /// <summary>The columns that it needs of rows.</summary>
    public IEnumerable<string> Columns => Expressions.SelectMany(expression => expression.Columns);

    /// <summary>Reads the block; <see langword="null"/> where the campaign has none.</summary>
    public static ControlSettings? Read(ConfigBlock root, IReadOnlyList<Dataset> datasets, ClassSettings classes, MixingSettings mixing)
    {
        ConfigBlock block = root.Block("control");
        if (!block.IsThere) return null;
        Expression? selection = block.Has("selection") ? SplitRegion.Parsed(block, "selection") : null;
        var pt = new BinEdges([.. block.Edges("pt", OwnPt, "GeV", 0)]);
        int blockRows = (int)block.Whole("block_rows", 20_000, 1, 10_000_000);
        SettingsUsed used = classes.Used;
        var groups = new List<ControlGroup>();
        foreach ((string name, ConfigBlock one) in block.Blocks("groups"))
        {
            (ControlGroup group, SettingsUsed ofGroup) = ControlGroup.Read(name, one, datasets, classes.Scheme);
            groups.Add(group);
            used = used.And(ofGroup);
        }
        used = used.And(block.Used()).And("control.groups", groups.Select(group => group.Group.Name));
        Check(block, groups);
        CheckNoTraining(block, groups, mixing);
        return new ControlSettings(groups, selection, pt, blockRows, classes.Scheme, used);
    }

    private static void Check(ConfigBlock block, List<ControlGroup> groups)
    {
        foreach ((bool isData, string domain) in ((bool, string)[])[(true, "data"), (false, "simulation")])
            if (!groups.Any(group => group.IsData == isData)) block.Wrong("groups", $"at least one with  domain: {domain}", "none");
        string[] both =
        [
            .. groups.Where(group => group.IsData).SelectMany(group => group.Group.Datasets)
                .Intersect(groups.Where(group => !group.IsData).SelectMany(group => group.Group.Datasets)),
        ];
        if (both.Length > 0) block.Wrong("groups", "datasets that are either data or simulation", string.Join(", ", both));
        string[] names = [.. groups.Select(group => group.Group.Name)];
        foreach (ControlGroup group in groups)
            if (group.Like is { } like && (like == group.Group.Name || !names.Contains(like)))
                block.Wrong("groups", $"like: another group than '{group.Group.Name}', of {string.Join(", ", names)}", like);
    }

    // Data have no truth that a class could be learned from.
    private static void CheckNoTraining(ConfigBlock block, List<ControlGroup> groups, MixingSettings mixing)
    {
        if (mixing.Reweight is not null)
            block.Wrong("groups", "a way of mixing that names its datasets", "reweight, which trains on the rows of all");
        foreach (string dataset in groups.Where(group => group.IsData).SelectMany(group => group.Group.Datasets).Distinct())
            if (mixing.Groups.FirstOrDefault(group => group.Datasets.Contains(dataset)) is { } by)
                block.Wrong("groups", "data that no class is learned from", $"'{dataset}', which is mixed for training by '{by.Name}'");
    }
}
