using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>Where efficiencies require the working points against the other classes.</summary>
public enum PointsRequired
{
    /// <summary>Nowhere.</summary>
    Nowhere,
    /// <summary>In the numerator, as in the original plots.</summary>
    InNumerator,
    /// <summary>In numerator and denominator.</summary>
    InBoth,
}

/// <summary>The block <c>metrics:</c>, with the discriminators and pairs it measures.</summary>
public sealed record MetricsSettings(
    string Campaign, DiscriminatorSettings Discriminators, EvaluationSettings Evaluation, IReadOnlyList<double> Efficiencies,
    IReadOnlyList<EfficiencyVariable> Variables, int Decimals, SettingsUsed Used)
{
    private static readonly string[] Requirements = ["none", "numerator", "both"];

    /// <summary>Memory in bytes; never fingerprinted.</summary>
    public long Memory { get; init; }

    /// <summary>Whether only part of the data was looked at.</summary>
    public bool QuickLook { get; private init; }

    /// <summary>Working points against other classes that the network's efficiencies may require.</summary>
    public IReadOnlyDictionary<TauClass, WorkingPoint> Required { get; private init; } = new Dictionary<TauClass, WorkingPoint>();

    /// <summary>Where they do.</summary>
    public PointsRequired Require { get; private init; }

    /// <summary>Which rows are shown, in words.</summary>
    public string Sample { get; private init; } = "test rows";

    /// <summary>Replicas of the bootstrap that samples with negative weights take their intervals from.</summary>
    public int Replicas { get; private init; } = 200;

    /// <summary>How datasets are scaled that a pair pools by cross section.</summary>
    public IReadOnlyList<CrossSectionScale> Scales { get; private init; } = [];

    /// <summary>For each of them its factor, once it is known how many events were generated.</summary>
    public IReadOnlyDictionary<string, double> Factors { get; init; } = new Dictionary<string, double>();

    /// <summary>The columns read.</summary>
    public IEnumerable<string> Columns =>
        new[] { CandidateColumns.Type, CandidateColumns.Weight, CandidateColumns.Pt, CandidateColumns.Eta, CandidateColumns.DecayMode }
            .Concat(CandidateColumns.Event).Concat(Evaluation.Classes.Trained.Select(CandidateColumns.Score))
            .Concat(Discriminators.Columns).Concat(Evaluation.Columns).Concat(VariableColumns)
            .Distinct(StringComparer.Ordinal);

    /// <summary>The columns that variables of efficiencies are made of.</summary>
    public IEnumerable<string> VariableColumns => Variables.SelectMany(variable => variable.Value.Columns);

    /// <summary>Reads the block.</summary>
    public static MetricsSettings Read(
        ConfigBlock block,
        string campaign,
        DiscriminatorSettings discriminators,
        EvaluationSettings evaluation)
    {
        IReadOnlyList<double> efficiencies = block.Numbers("efficiencies", [0.5, 0.6, 0.7, 0.8, 0.9], "", 0, 1);
        if (efficiencies.Any(efficiency => efficiency <= 0)) block.Wrong("efficiencies", "efficiencies above 0", "0, which every cut reaches");
        IReadOnlyList<EfficiencyVariable> variables = EfficiencyVariable.ReadAll(block);
        int decimals = (int)block.Whole("prune_decimals", 3, 1, 9), replicas = (int)block.Whole("replicas", 200, 20, 100_000);
        var require = (PointsRequired)Math.Max(0, Array.IndexOf(Requirements, block.Choice("require", Requirements, "numerator")));
        return new MetricsSettings(campaign, discriminators, evaluation, efficiencies, variables, decimals,
            variables.Aggregate(block.Used(), (used, variable) => used.And(variable.Used))
                .And(discriminators.Used).And(evaluation.Used).And("campaign", campaign))
        {
            Memory = block.Whole("memory", 1L << 30, 64 << 20, long.MaxValue, "B"),
            Replicas = replicas,
            Require = require,
        };
    }

    /// <summary>
    /// These settings with what other blocks say: whether only part of the data is looked at, what the working points require,
    /// and which rows are shown.
    /// </summary>
    public MetricsSettings With(bool quickLook, IReadOnlyDictionary<TauClass, WorkingPoint> required, string sample) => this with
    {
        QuickLook = quickLook,
        Required = required,
        Sample = sample,
        Used = Used.And("quick_look", quickLook ? "true" : "false").And("sample", sample)
            .And("required", required.OrderBy(one => one.Key.Index).Select(one => $"{one.Key.Name} {one.Value}")),
    };

    /// <summary>These settings with the scales of datasets.</summary>
    public MetricsSettings With(IReadOnlyList<CrossSectionScale> scales) => this with
    {
        Scales = scales,
        Used = scales.Aggregate(Used, (used, scale) => used.And(scale.Used)),
    };
}
