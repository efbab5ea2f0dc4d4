using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>The block <c>shuffle_merge:</c>.</summary>
/// <param name="Groups">Groups, drawn in proportion to their candidates.</param>
/// <param name="Sampling">How spectra are flattened; <see langword="null"/> keeps every candidate in range.</param>
/// <param name="End">What happens when a group is used up.</param>
/// <param name="Shards">Output shards.</param>
/// <param name="BlockRows">Rows shuffled together within a group.</param>
/// <param name="Classes">The classes of the campaign.</param>
/// <param name="Used">What enters fingerprints.</param>
public sealed record ShuffleMergeSettings(
    IReadOnlyList<MixGroupSettings> Groups,
    ThinningSettings Sampling,
    MixEnd End,
    int Shards,
    int BlockRows,
    ClassScheme Classes,
    SettingsUsed Used)
{
    /// <summary>Whether a group may lack one of its types.</summary>
    public bool AllowEmptyClasses { get; init; }

    /// <summary>The most candidates of a bin, if bins are filled by quota (<c>strategy: quota</c>) and not thinned by spectra.</summary>
    public long? Occupancy { get; private init; }

    /// <summary>
    /// Whether the acceptance of a shard goes by its own rows (<c>refill_spectrum:</c>), not by those of the whole sample.
    /// </summary>
    public bool Refill { get; private init; }

    /// <summary>After how many accepted rows a shard ends.</summary>
    public long? MaxEntries { get; private init; }

    /// <summary>Parity of the event numbers that are kept; all if <see langword="null"/>.</summary>
    public ulong? Parity { get; private init; }

    /// <summary>The share of a group's rows that ends mixing.</summary>
    public double Fraction { get; private init; }

    /// <summary>Whether rows get the numbers of the names of their dataset and group.</summary>
    public bool NameIds { get; private init; }

    /// <summary>What is expected of the groups.</summary>
    public YieldTable Yields(IReadOnlyList<MixGroup> groups) =>
        Occupancy is null ? YieldTable.Of(Thinning(groups)) : YieldTable.Of(Plan(groups, 1));

    /// <summary>The acceptance of every candidate.</summary>
    public SpectralThinning Thinning(IReadOnlyList<MixGroup> groups)
    {
        // A type that no group delivers in this sample cannot be balanced; it is an error unless empty classes are allowed.
        var ratios = Sampling.Ratios.Where(ratio => groups.Any(group => group.Spectrum[ratio.Key].Entries > 0)).ToDictionary();
        return new SpectralThinning(groups, Sampling with { Ratios = AllowEmptyClasses ? ratios : Sampling.Ratios });
    }

    /// <summary>How the rows of the groups become one sample.</summary>
    public IMixing Mixing(IReadOnlyList<MixGroup> groups, ulong seed, string job)
    {
        IMixing mixing = Occupancy is null
            ? new GroupMixer(Thinning(groups), seed, job, End) { Shards = Refill ? 1 : Shards, Fraction = Fraction }
            : new QuotaMixer(Plan(groups, Shards), seed, job);
        if (MaxEntries is { } most) mixing = new RowLimit(mixing, most);
        return Parity is { } parity ? new EventParity(mixing, parity) : mixing;
    }

    private QuotaPlan Plan(IReadOnlyList<MixGroup> groups, int shards) =>
        new(groups, [.. Groups.Select(group => group.Weight)], Math.Max(1, Occupancy!.Value / shards));

    /// <summary>Reads the block.</summary>
    public static ShuffleMergeSettings Read(ConfigBlock block, IReadOnlyList<Dataset> datasets, ClassSettings named)
    {
        ClassScheme classes = named.Scheme;
        var groups = new List<MixGroupSettings>();
        SettingsUsed used = named.Used;
        foreach ((string name, ConfigBlock group) in block.Blocks("groups"))
        {
            groups.Add(MixGroupSettings.Read(name, group, datasets, classes));
            used = used.And(group.Used());
        }
        if (groups.Count == 0) block.Wrong("groups", "at least one group", "none");
        bool byQuota = block.Choice("strategy", ["spectral", "quota"], "spectral") == "quota";
        Dictionary<TauClass, double> ratios = byQuota ? [] : Ratios(block, groups, classes);
        int shards = (int)block.Whole("shards", 1, 1, 10_000);
        string parity = block.Choice("parity", ["all", "even", "odd"], "all");
        bool refill = block.Flag("refill_spectrum", shards > 1);
        bool allowEmptyBins = block.Flag("allow_empty_bins"), allowEmptyClasses = block.Flag("allow_empty_classes");
        long? occupancy = byQuota ? Optional("max_bin_occupancy") ?? long.MaxValue : null, most = Optional("max_entries");
        bool nameIds = block.Flag("name_ids");
        MixEnd end = block.Choice("when_exhausted", ["drain_all", "stop_at_first_exhausted", "stop_at_fraction"], "drain_all") switch
        {
            "drain_all" => MixEnd.DrainAll,
            "stop_at_first_exhausted" => MixEnd.StopAtFirstExhausted,
            _ => MixEnd.StopAtFraction,
        };
        double fraction = end == MixEnd.StopAtFraction ? block.Number("stop_fraction", null, "", 1e-6, 1) : 1;
        return new ShuffleMergeSettings(groups,
            new ThinningSettings
            {
                Ratios = ratios,
                Flatten = block.Choice("thinning", ["spectral", "none"], "spectral") == "spectral",
                TakeAllOfLastBin = block.Flag("take_all_of_last_bin"),
                Disbalance = block.Number("disbalance", 1, "", 0, 1e9),
                Reference =
                    block.Choice("disbalance_reference", ["last_bin", "last_two_bins"], "last_bin") == "last_bin"
                        ? DisbalanceReference.LastBin
                        : DisbalanceReference.LastTwoBins,
                AllowEmptyBins = allowEmptyBins,
            },
            end,
            shards,
            (int)block.Whole("block_rows", 20_000, 1, 10_000_000),
            classes,
            used.And(block.Used()).And("shuffle_merge.groups", groups.Select(group => group.Name))) // groups are drawn in their order
        {
            AllowEmptyClasses = allowEmptyClasses,
            Occupancy = occupancy,
            Refill = refill || byQuota && shards > 1, // a quota is of the rows that there are
            MaxEntries = most,
            Parity = parity == "all" ? null : parity == "even" ? 0ul : 1ul,
            NameIds = nameIds,
            Fraction = fraction,
        };

        long? Optional(string key) => block.Has(key) ? block.Whole(key, null, 1) : null;
    }

    private static Dictionary<TauClass, double> Ratios(ConfigBlock block, List<MixGroupSettings> groups, ClassScheme classes)
    {
        var ratios = block.NumberMap("tau_ratio", -1, 1e6)
            .ToDictionary(ratio => block.Mistakes.Try(() => classes.Parse(ratio.Name), classes.All[0]), ratio => ratio.Value);
        foreach (TauClass type in groups.SelectMany(group => group.Types).Distinct())
            if (!ratios.ContainsKey(type)) block.Wrong("tau_ratio", "a ratio for each type that a group delivers", $"none for {type.Name}");
        return ratios;
    }
}
