namespace TauPipeline.Statistics;

/// <summary>A number taken from a ROC curve: its area, or the false positive rate at a true positive rate.</summary>
public readonly record struct RocMeasure
{
    private RocMeasure(double? at) => TruePositiveRate = at;

    /// <summary>The area under the curve.</summary>
    public static RocMeasure Area => new(null);

    /// <summary>The false positive rate at a fixed true positive rate.</summary>
    public static RocMeasure FalsePositiveRateAt(double truePositiveRate) =>
        truePositiveRate is > 0 and <= 1
            ? new(truePositiveRate)
            : throw StatisticsErrors.NotAProbability("a true positive rate", truePositiveRate);

    /// <summary>Where the false positive rate is taken; <see langword="null"/> for the area.</summary>
    public double? TruePositiveRate { get; }
}
