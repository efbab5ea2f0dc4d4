namespace TauPipeline.Formats;

/// <summary>A region of phase space: [low, high) in pt (GeV) and |eta|, listed decay modes (none means all).</summary>
public sealed record BinEntry(double PtMin, double PtMax, double EtaMin, double EtaMax, IReadOnlyList<int> DmBin);

/// <summary>The misidentification rate at a fixed efficiency, with its 68 % interval.</summary>
public sealed record RateEntry(double Efficiency, double Rate, double Low, double High);

/// <summary>A ROC curve of one discriminator in one bin of one pair. Rates rise; the band is a 68 % Clopper-Pearson interval of the misidentification rate.</summary>
public sealed record RocEntry(string Discriminator, string Title, string Pair, string VsType, BinEntry Bin)
{
    /// <summary>Genuine and fake rows of the curve.</summary>
    public required long Signal { get; init; }
    /// <summary>Fake rows of the curve.</summary>
    public required long Background { get; init; }
    /// <summary>What the rates are shares of.</summary>
    public required string Denominator { get; init; }
    /// <summary>Area under the curve, taken before pruning; <see langword="null"/> where a class is empty.</summary>
    public double? AucScore { get; init; }
    /// <summary>Its standard error.</summary>
    public double? AucError { get; init; }
    /// <summary>Efficiency for genuine taus.</summary>
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
}

/// <summary>A working point on the ROC plane, with 68 % intervals.</summary>
public sealed record WorkingPointEntry(string Discriminator, string Pair, string VsType, BinEntry Bin, string Name, double? Threshold, IntervalEntry TruePositiveRate, IntervalEntry FalsePositiveRate)
{
    /// <summary>What legends call the discriminator.</summary>
    public string Title { get; init; } = "";
}

/// <summary>A share with its interval, and the counts it comes from; value and interval are null without entries.</summary>
public sealed record IntervalEntry(double? Value, double? Low, double? High, long Passed, long Total);

/// <summary>Efficiency and misidentification rate of a working point in bins (low, high] of one variable.</summary>
public sealed record EfficiencyEntry(string Discriminator, string Pair, string VsType, string Variable, string WorkingPoint, IReadOnlyList<double> Edges, IReadOnlyList<IntervalEntry> Genuine, IReadOnlyList<IntervalEntry> Misidentified);

/// <summary>How often the largest score names each class: rows of true classes, columns of named ones.</summary>
public sealed record ConfusionEntry(string Sample, IReadOnlyList<string> Classes, IReadOnlyList<IReadOnlyList<long>> Rows);

/// <summary>All numbers of an evaluation: <c>performance.json</c>.</summary>
public sealed record Performance(string Name)
{
    /// <summary>Version of this form.</summary>
    public int Format { get; init; } = 1;
    /// <summary>Whether only a part of the data was looked at.</summary>
    public bool QuickLook { get; init; }
    /// <summary>ROC curves.</summary>
    public IReadOnlyList<RocEntry> RocCurve { get; init; } = [];
    /// <summary>Working points on the ROC plane.</summary>
    public IReadOnlyList<WorkingPointEntry> RocWp { get; init; } = [];
    /// <summary>Efficiencies in bins of a variable.</summary>
    public IReadOnlyList<EfficiencyEntry> Efficiencies { get; init; } = [];
    /// <summary>Confusion matrices.</summary>
    public IReadOnlyList<ConfusionEntry> Confusion { get; init; } = [];
    /// <summary>What could not be shown, and why.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
