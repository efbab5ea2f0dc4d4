using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Statistics;

namespace TauPipeline.Stages;

/// <summary>The block <c>validate:</c>.</summary>
/// <param name="Compared">What is compared; datasets and groups are not of this block.</param>
/// <param name="Alpha">Family-wise probability of a false alarm.</param>
/// <param name="Used">What enters fingerprints.</param>
public sealed record ValidateSettings(ChunkPlan Compared, double Alpha, SettingsUsed Used)
{
    private static readonly string[] Tests = ["both", ChunkTest.Chi2, ChunkTest.Kolmogorov];

    /// <summary>The column of the candidates' charge, if every shard has it: a part of what tells them apart.</summary>
    public string? Charge { get; init; }

    /// <summary>The groups that the campaign mixes, which are levels of the comparison; none where it mixes without.</summary>
    public IReadOnlyList<MixGroupSettings> Groups { get; init; } = [];

    /// <summary>Reads the block.</summary>
    public static ValidateSettings Read(ConfigBlock block, ClassSettings classes)
    {
        var original = new ChunkPlan { Classes = classes.Scheme, Datasets = [] };
        string tests = block.Choice("test", Tests, Tests[0]);
        ChunkPlan plan = original with
        {
            Chunks = (int)block.Whole("chunks", original.Chunks, 2, 1000),
            Pt = new BinEdges([.. block.Edges("pt", original.Pt.Edges, "GeV")]),
            Eta = new BinEdges([.. block.Edges("eta", original.Eta.Edges, "")]),
            ByChi2 = tests != ChunkTest.Kolmogorov,
            ByKolmogorov = tests != ChunkTest.Chi2,
            LeastExpected = block.Number("least_expected", original.LeastExpected, "", 1, 1e9),
        };
        return new ValidateSettings(plan, block.Number("alpha", 0.001, "", 0, 1), block.Used().And(classes.Used));
    }

    /// <summary>What is compared in a campaign of these datasets.</summary>
    public ChunkPlan Plan(IReadOnlyList<Dataset> datasets) => Compared with
    {
        Datasets = [.. datasets.Select(dataset => dataset.Name)],
        Groups =
        [
            .. Groups.Select(group => new ChunkGroup(
                group.Name,
                [.. datasets.Where(dataset => group.Datasets.Contains(dataset.Name)).Select(dataset => dataset.Index)],
                group.Types)),
        ],
    };

    /// <summary>The groups as text, for fingerprints.</summary>
    public IEnumerable<string> GroupsInWords => Groups.Select(group =>
        $"{group.Name}: {string.Join(",", group.Datasets)} / {string.Join(",", group.Types.Select(type => type.Name))}");
}
