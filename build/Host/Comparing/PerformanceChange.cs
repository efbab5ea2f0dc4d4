using TauPipeline.BuildGraph;
using TauPipeline.Formats;
using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>A number in two performance files, and whether it got better.</summary>
/// <param name="Old">The number before.</param>
/// <param name="New">After, or <see langword="null"/> where the new file has none.</param>
internal sealed record PerformanceChange(PerformanceNumber Old, PerformanceNumber? New)
{
    /// <summary>So many standard deviations are no accident.</summary>
    public const double Significant = 2;

    /// <summary>Whether both are of the same events, of which the replicas tell how the difference spreads.</summary>
    public bool IsPaired => Paired is not null;

    private double? Paired { get; } =
        New is not null && Old.Sample.Length > 0 && Old.Sample == New.Sample
            ? ReplicaEntry.ErrorOfDifference(Old.Replicas, New.Replicas)
            : null;

    /// <summary>
    /// By how many standard deviations it got better, or, below zero, worse: of the paired difference where the events are the same, of
    /// both numbers together otherwise. <see langword="null"/> without errors.
    /// </summary>
    public double? Significance
    {
        get
        {
            if (New is null) return null;
            double gain = Gain(New), error = Paired ?? Unpaired(Old.Value, New.Value);
            return gain == 0 ? 0 : error > 0 ? gain / error : null;
        }
    }

    /// <summary>Which part of it was lost: 0.1 is a tenth less, or for a rate a tenth more; below zero a gain.</summary>
    public double Loss => New is null ? 1 : Gain(New) is var gain && gain == 0 ? 0 : -gain / Math.Abs(Old.Value.Value);

    /// <summary><c>better</c> or <c>worse</c> if that is significant, <c>gone</c> if the new file has no such number.</summary>
    public string Verdict =>
        New is null ? "gone"
        : Old.Value == New.Value ? "same"
        : Significance is { } by && Math.Abs(by) < Significant ? "within errors"
        : Gain(New) > 0 ? "better" : "worse";

    /// <summary>All numbers of the old file, or none if these are not performance files.</summary>
    public static IReadOnlyList<PerformanceChange> Between(string old, string @new)
    {
        if (!old.EndsWith(".json", StringComparison.Ordinal) || !@new.EndsWith(".json", StringComparison.Ordinal)) return [];
        try
        {
            var after = PerformanceNumber.Of(PerformanceFile.Read(new ProductInput(@new)).Performance)
                .DistinctBy(one => (one.Curve, one.Name))
                .ToDictionary(one => (one.Curve, one.Name));
            return
            [
                .. PerformanceNumber.Of(PerformanceFile.Read(new ProductInput(old)).Performance)
                    .DistinctBy(one => (one.Curve, one.Name))
                    .Select(one => new PerformanceChange(one, after.GetValueOrDefault((one.Curve, one.Name)))),
            ];
        }
        catch (StepFailed) { return []; } // some other JSON
    }

    private double Gain(PerformanceNumber after) => (after.Value.Value - Old.Value.Value) * (Old.LessIsBetter ? -1 : 1);

    private static double Unpaired(Measured old, Measured after) =>
        double.Hypot(old.ErrorTowards(after.Value), after.ErrorTowards(old.Value));
}
