namespace TauPipeline.Formats;

/// <summary>A region of phase space: [low, high) in pt (GeV) and |eta|, listed decay modes (none means all).</summary>
public sealed record BinEntry(double PtMin, double PtMax, double EtaMin, double EtaMax, IReadOnlyList<int> DmBin);

/// <summary>
/// The misidentification rate at a fixed efficiency, with its 68 % interval: that of the highest threshold that reaches it.
/// </summary>
public sealed record RateEntry(double Efficiency, double Rate, double Low, double High)
{
    /// <summary>That threshold: at and above it the rate is counted.</summary>
    public double? Threshold { get; init; }
}

/// <summary>One dataset of a pooled background.</summary>
/// <param name="Dataset">Its name.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Share">Its share of the pooled weight.</param>
/// <param name="Rates">Its own rates at the thresholds of the pooled rates.</param>
public sealed record ProcessEntry(string Dataset, long Rows, double Share, IReadOnlyList<IntervalEntry> Rates);

/// <summary>What a share is a share of.</summary>
/// <param name="Sample">Where the rows come from: the part of the split and the datasets.</param>
/// <param name="Selection">What they passed, or "none".</param>
/// <param name="RequiredInNumerator">Working points that the numerator must pass besides the one shown.</param>
/// <param name="RequiredInDenominator">Working points that the denominator must pass.</param>
public sealed record ShareDefinition(
    string Sample, string Selection, IReadOnlyList<string> RequiredInNumerator, IReadOnlyList<string> RequiredInDenominator)
{
    /// <summary>Of rows of which nothing more is required.</summary>
    public static ShareDefinition Plain(string sample, string selection) => new(sample, selection, [], []);
}

/// <summary>
/// A ROC curve of one discriminator in one bin of one pair. Thresholds fall; the band is a 68 % interval of the misidentification rate.
/// </summary>
public sealed record RocEntry(string Discriminator, string Title, string Pair, string VsType, BinEntry Bin)
{
    /// <summary>What the signal is, in words: genuine taus.</summary>
    public required string SignalTitle { get; init; }
    /// <summary>What the background is, in words: jets.</summary>
    public required string BackgroundTitle { get; init; }
    /// <summary>Signal rows of the curve.</summary>
    public required long Signal { get; init; }
    /// <summary>Background rows of the curve.</summary>
    public required long Background { get; init; }
    /// <summary>Rows of both that have no score, and are left out.</summary>
    public long NoScore { get; init; }
    /// <summary>What the rates are shares of.</summary>
    public required ShareDefinition Denominator { get; init; }
    /// <summary>What a row counts: none (1), or an expression.</summary>
    public string Weight { get; init; } = "none";
    /// <summary>How the datasets of a pooled sample share its weight: events, cross_section or equal.</summary>
    public string Composition { get; init; } = "events";
    /// <summary>What kind of intervals these are.</summary>
    public string Intervals { get; init; } = "";
    /// <summary>Area under the curve, taken before pruning; <see langword="null"/> where a class is empty.</summary>
    public double? AucScore { get; init; }
    /// <summary>Its standard error.</summary>
    public double? AucError { get; init; }
    /// <summary>Efficiency for the signal.</summary>
    public IReadOnlyList<double> TruePositiveRate { get; init; } = [];
    /// <summary>Misidentification rate.</summary>
    public IReadOnlyList<double> FalsePositiveRate { get; init; } = [];
    /// <summary>Lower end of the rate's interval.</summary>
    public IReadOnlyList<double> FalsePositiveRateLow { get; init; } = [];
    /// <summary>Upper end of the rate's interval.</summary>
    public IReadOnlyList<double> FalsePositiveRateHigh { get; init; } = [];
    /// <summary>Threshold of each point; the first, where nothing passes, is null.</summary>
    public IReadOnlyList<double?> Thresholds { get; init; } = [];
    /// <summary>Rates at the campaign's fixed efficiencies.</summary>
    public IReadOnlyList<RateEntry> Rates { get; init; } = [];
    /// <summary>
    /// How many points, from the first, let fewer than <see cref="LeastPassing"/> background rows pass: their rates say little.
    /// </summary>
    public int ThinPoints { get; init; }
    /// <summary>Replicas by which it can be compared with curves of the same rows; of a pair's inclusive region alone.</summary>
    public ReplicaEntry? Replicas { get; init; }
    /// <summary>The background's datasets.</summary>
    public IReadOnlyList<ProcessEntry> Processes { get; init; } = [];

    /// <summary>Below so many rows of signal or background a curve is drawn, but no number of it is held up or compared.</summary>
    public const int LeastRows = 100;
    /// <summary>Below so many background rows that pass, a point is drawn as thin.</summary>
    public const int LeastPassing = 10;

    /// <summary>Whether a side has too few rows for a comparison.</summary>
    public bool HasFewRows() => Signal < LeastRows || Background < LeastRows;
}

/// <summary>A working point on the ROC plane, with 68 % intervals.</summary>
public sealed record WorkingPointEntry(
    string Discriminator,
    string Pair,
    string VsType,
    BinEntry Bin,
    string Name,
    double? Threshold,
    IntervalEntry TruePositiveRate,
    IntervalEntry FalsePositiveRate)
{
    /// <summary>What legends call the discriminator.</summary>
    public string Title { get; init; } = "";
    /// <summary>What the rates are shares of.</summary>
    public required ShareDefinition Definition { get; init; }
}

/// <summary>A share of weight with its interval, and the rows it comes from; value and interval are null without weight.</summary>
public sealed record IntervalEntry(double? Value, double? Low, double? High, long Passed, long Total);

/// <summary>Efficiency and misidentification rate of a working point in bins [low, high) of one variable.</summary>
public sealed record EfficiencyEntry(
    string Discriminator, string Pair, string VsType, string Variable, string WorkingPoint, IReadOnlyList<double> Edges,
    IReadOnlyList<IntervalEntry> Genuine, IReadOnlyList<IntervalEntry> Misidentified)
{
    /// <summary>What the rates are shares of.</summary>
    public required ShareDefinition Definition { get; init; }
    /// <summary>Edges of the genuine taus' bins, where neighbours of too few rows were merged; empty for categories.</summary>
    public IReadOnlyList<double> GenuineEdges { get; init; } = [];
    /// <summary>Edges of the fakes' bins, in the same way.</summary>
    public IReadOnlyList<double> MisidentifiedEdges { get; init; } = [];
    /// <summary>Names of the bins where the variable has categories instead of values.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];
    /// <summary>What kind of intervals these are.</summary>
    public string Intervals { get; init; } = "";
}

/// <summary>
/// How the scores of a discriminator are distributed over rows of a dataset that are neither signal nor background, as collision data.
/// </summary>
public sealed record DistributionEntry(string Discriminator, string Title, string Pair, string VsType, string Dataset, string Class)
{
    /// <summary>Where the rows come from.</summary>
    public required string Sample { get; init; }
    /// <summary>What they passed, or "none".</summary>
    public required string Selection { get; init; }
    /// <summary>Edges of bins [low, high), the same for all datasets of a discriminator and pair.</summary>
    public IReadOnlyList<double> Edges { get; init; } = [];
    /// <summary>Rows in each bin, whatever their weights.</summary>
    public IReadOnlyList<long> Counts { get; init; } = [];
    /// <summary>Rows that have no score.</summary>
    public long Missing { get; init; }
    /// <summary>Rows whose score is infinite, which no bin holds.</summary>
    public long Infinite { get; init; }
}

/// <summary>How often the largest score names each class: rows of true classes, columns of named ones.</summary>
public sealed record ConfusionEntry(string Sample, IReadOnlyList<string> Classes, IReadOnlyList<IReadOnlyList<long>> Rows);

/// <summary>All numbers of an evaluation: <c>performance.json</c>.</summary>
public sealed record Performance(string Name)
{
    /// <summary>Version of this form.</summary>
    public int Format { get; init; } = 3;
    /// <summary>Whether only a part of the data was looked at.</summary>
    public bool QuickLook { get; init; }
    /// <summary>ROC curves.</summary>
    public IReadOnlyList<RocEntry> RocCurve { get; init; } = [];
    /// <summary>Working points on the ROC plane.</summary>
    public IReadOnlyList<WorkingPointEntry> RocWp { get; init; } = [];
    /// <summary>Efficiencies in bins of a variable.</summary>
    public IReadOnlyList<EfficiencyEntry> Efficiencies { get; init; } = [];
    /// <summary>Scores of rows without truth.</summary>
    public IReadOnlyList<DistributionEntry> Distributions { get; init; } = [];
    /// <summary>Confusion matrices.</summary>
    public IReadOnlyList<ConfusionEntry> Confusion { get; init; } = [];
    /// <summary>What could not be shown, and why.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
