using TauPipeline.Configuration;
using TauPipeline.Expressions;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// The campaign's way of mixing, which is the one whose block it has: <c>shuffle_merge:</c>, <c>resample:</c>, <c>reweight:</c> or
/// <c>balance:</c>.
/// </summary>
public sealed record MixingSettings
{
    private static readonly string[] Ways = ["shuffle_merge", "resample", "reweight", "balance"];

    /// <summary>Groups drawn and thinned, if that is the way.</summary>
    public ShuffleMergeSettings? ShuffleMerge { get; private init; }

    /// <summary>Rows drawn to one spectrum, if that is the way.</summary>
    public ResampleSettings? Resample { get; private init; }

    /// <summary>All rows kept and weighed, if that is the way.</summary>
    public ReweightSettings? Reweight { get; private init; }

    /// <summary>Batches with equally many rows of every region, if that is the way.</summary>
    public BalanceSettings? Balance { get; private init; }

    /// <summary>The way as umami-preprocessing calls it, if it has it.</summary>
    public string Way => Reweight is not null ? "reweighting"
        : Resample is { } resample ? resample.Wish.Method switch
        {
            ResamplingMethod.CountUp => "countup",
            ResamplingMethod.Pdf => "pdf",
            _ => "none",
        }
        : Balance is null ? "shuffle_merge" : "balance";

    /// <summary>The groups of datasets and classes that it mixes, if it does.</summary>
    public IReadOnlyList<MixGroupSettings> Groups =>
        ShuffleMerge?.Groups ?? Balance?.Processes ?? [.. Resample?.Groups.Select(one => one.Group) ?? []];

    /// <summary>
    /// What it draws from, where that is whole datasets: the groups of ShuffleMerge, the processes of Balance. Resample draws from regions.
    /// </summary>
    public IReadOnlyList<SpectrumPool> Pools =>
    [
        .. from one in ShuffleMerge?.Groups ?? Balance?.Processes ?? []
           select new SpectrumPool(Balance is null ? "groups" : "processes", one.Name, one.Datasets, one.Types),
    ];

    /// <summary>The columns it needs of rows that are not mixed yet.</summary>
    public IEnumerable<string> Columns => (Reweight?.Columns ?? Resample?.Columns ?? []).Except([CandidateColumns.Type]);

    /// <summary>The columns that mixed rows have beside.</summary>
    public IReadOnlyList<string> Made => [.. Reweight?.Made ?? []];

    /// <summary>The expressions that must fit the candidates.</summary>
    public IEnumerable<Expression> Expressions => Reweight?.Expressions ?? Resample?.Cells.Variables ?? [];

    /// <summary>Reads the block that the campaign has.</summary>
    public static MixingSettings Read(
        ConfigBlock root,
        CellSettings cells,
        (IReadOnlyList<Dataset> Datasets, IReadOnlyList<SplitRegion> Regions, SpectrumSettings Binning) known,
        ClassSettings classes)
    {
        string[] given = [.. Ways.Where(root.Has)];
        if (given.Length > 1) root.Wrong(given[1], "one way of mixing", string.Join(" and ", given));
        return given switch
        {
            ["reweight", ..] => new() { Reweight = ReweightSettings.Read(root.Block("reweight"), cells, classes) },
            ["resample", ..] => new() { Resample = ResampleSettings.Read(root.Block("resample"), cells, (known.Datasets, known.Regions), classes) },
            ["balance", ..] => new() { Balance = BalanceSettings.Read(root.Block("balance"), known.Datasets, known.Binning) },
            _ => new() { ShuffleMerge = ShuffleMergeSettings.Read(root.Block("shuffle_merge"), known.Datasets, classes) },
        };
    }
}
