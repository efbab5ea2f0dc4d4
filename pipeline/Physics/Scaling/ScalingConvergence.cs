using TauPipeline.Statistics;

namespace TauPipeline.Physics;

/// <summary>Mean and spread of a feature after more and more of the sample (data-preparation 4.12).</summary>
/// <param name="Feature">The feature.</param>
/// <param name="Cone">Of which constituents.</param>
/// <param name="Moments">Snapshot by snapshot; the last one is of the whole sample.</param>
public sealed record ScalingSnapshots(string Feature, ConstituentCone Cone, IReadOnlyList<Moments> Moments)
{
    /// <summary>
    /// By how much of itself the mean changed at each snapshot but the first; NaN where it is 0 or there is none.
    /// </summary>
    public IReadOnlyList<double> MeanChanges => Changes(moments => moments.Mean);

    /// <summary>The same of the spread.</summary>
    public IReadOnlyList<double> SpreadChanges => Changes(moments => moments.StandardDeviation);

    /// <summary>By how much of the first mean the last one differs from it.</summary>
    public double MeanChange => Change(Moments[0].Mean, Moments[^1].Mean);

    /// <summary>The same of the spread.</summary>
    public double SpreadChange => Change(Moments[0].StandardDeviation, Moments[^1].StandardDeviation);

    private double[] Changes(Func<Moments, double> of) =>
        [.. Moments.Zip(Moments.Skip(1), (before, after) => Change(of(before), of(after)))];

    private static double Change(double before, double after) =>
        before != 0 && double.IsFinite(after) ? Math.Abs(after - before) / Math.Abs(before) : double.NaN;
}

/// <summary>Whether constants have settled: how features change from one snapshot to the next.</summary>
public static class ScalingConvergence
{
    /// <summary>What boxes of changes show: whiskers, quartiles and median.</summary>
    public static readonly IReadOnlyList<double> Shown = [0.05, 0.25, 0.5, 0.75, 0.95];

    /// <summary>
    /// Whether at the last snapshot 95 % of the features changed by at most so much of themselves, in mean and in spread; null where
    /// nothing can be compared.
    /// </summary>
    public static bool? HasSettled(IReadOnlyList<ScalingSnapshots> features, double largestChange)
    {
        IReadOnlyList<double[]> means = Boxes(features.Select(one => one.MeanChanges)),
            spreads = Boxes(features.Select(one => one.SpreadChanges));
        return means.Count == 0 || spreads.Count == 0 ? null : means[^1][^1] <= largestChange && spreads[^1][^1] <= largestChange;
    }

    /// <summary>
    /// The quantiles <see cref="Shown"/> of the changes at each snapshot but the first, over all features that have one at every snapshot;
    /// empty if there is none.
    /// </summary>
    public static IReadOnlyList<double[]> Boxes(IEnumerable<IReadOnlyList<double>> changes)
    {
        IReadOnlyList<double>[] whole = [.. changes.Where(one => one.All(double.IsFinite))];
        if (whole.Length == 0) return [];
        return
        [
            .. Enumerable.Range(0, whole[0].Count).Select(snapshot =>
            {
                double[] sorted = [.. whole.Select(one => one[snapshot]).Order()];
                return Shown.Select(probability => Quantile.OfSorted(sorted, probability)).ToArray();
            }),
        ];
    }
}
