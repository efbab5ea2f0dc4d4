using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Statistics;

namespace TauPipeline.Stages;

/// <summary>A variable that efficiencies are shown against, with its bins.</summary>
public sealed record EfficiencyVariable(string Name, string Column, BinEdges Edges);

/// <summary>The block <c>metrics:</c>, with the discriminators and pairs it measures.</summary>
public sealed record MetricsSettings(string Campaign, DiscriminatorSettings Discriminators, EvaluationSettings Evaluation, IReadOnlyList<double> Efficiencies, IReadOnlyList<EfficiencyVariable> Variables, bool Weighted, int Decimals, SettingsUsed Used)
{
    /// <summary>Memory in bytes; never fingerprinted.</summary>
    public long Memory { get; init; }

    /// <summary>Whether only part of the data was looked at.</summary>
    public bool QuickLook { get; private init; }

    /// <summary>Working points against other types that the network's efficiencies require.</summary>
    public IReadOnlyDictionary<TauClass, WorkingPoint> Required { get; private init; } = new Dictionary<TauClass, WorkingPoint>();

    /// <summary>The columns read.</summary>
    public IEnumerable<string> Columns => new[] { CandidateColumns.Type, CandidateColumns.Weight, CandidateColumns.Pt, CandidateColumns.Eta, CandidateColumns.DecayMode }
        .Concat(Evaluation.Classes.Trained.Select(CandidateColumns.Score)).Concat(Discriminators.Columns).Concat(Evaluation.Columns).Distinct(StringComparer.Ordinal);

    /// <summary>Reads the block.</summary>
    public static MetricsSettings Read(ConfigBlock block, string campaign, DiscriminatorSettings discriminators, EvaluationSettings evaluation)
    {
        IReadOnlyList<double> efficiencies = block.Numbers("efficiencies", [0.5, 0.6, 0.7, 0.8, 0.9], "", 0, 1);
        ConfigBlock bins = block.Block("efficiency_bins");
        EfficiencyVariable[] variables =
        [
            new("pt", CandidateColumns.Pt, Edges(bins, "pt", [20, 25, 30, 35, 40, 45, 50, 55, 60, 70, 80, 90, 100, 120, 140, 160, 180, 200, 300, 1000], "GeV")),
            new("eta", CandidateColumns.Eta, Edges(bins, "eta", [-2.3, -1.8, -1.3, -0.8, -0.3, 0.3, 0.8, 1.3, 1.8, 2.3])),
            new("decay_mode", CandidateColumns.DecayMode, Edges(bins, "decay_mode", [-0.5, 0.5, 1.5, 2.5, 5.5, 6.5, 10.5, 11.5])),
        ];
        bool weighted = block.Choice("weights", ["none", "event"], "none") == "event";
        int decimals = (int)block.Whole("prune_decimals", 3, 1, 9);
        return new MetricsSettings(campaign, discriminators, evaluation, efficiencies, variables, weighted, decimals,
            block.Used().And(bins.Used()).And(discriminators.Used).And(evaluation.Used).And("campaign", campaign))
        { Memory = block.Whole("memory", 1L << 30, 64 << 20, long.MaxValue, "B") };
    }

    /// <summary>These settings with what other blocks say: whether only part of the data is looked at, and what the working points require.</summary>
    public MetricsSettings With(bool quickLook, IReadOnlyDictionary<TauClass, WorkingPoint> required) => this with
    {
        QuickLook = quickLook,
        Required = required,
        Used = Used.And("quick_look", quickLook ? "true" : "false").And("required", string.Join(", ", required.OrderBy(one => one.Key.Index).Select(one => $"{one.Key.Name} {one.Value}"))),
    };

    private static BinEdges Edges(ConfigBlock block, string key, IReadOnlyList<double> fallback, string unit = "") => new([.. block.Edges(key, fallback, unit)]);
}
