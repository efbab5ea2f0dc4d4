using TauPipeline.Formats;
using TauPipeline.Statistics;

namespace TauPipeline.Stages;

/// <summary>
/// Shares of a sample's weight with 68 % intervals: Clopper-Pearson's of the counts, of effective counts where rows are
/// weighted, and where weights are negative those of a bootstrap over events.
/// </summary>
internal static class Shares
{
    /// <summary>What kind of interval such samples have, for files and captions.</summary>
    public static string Intervals(params Sample[] samples) =>
        samples.Any(sample => sample.HasNegative) ? "bootstrap over events"
        : samples.All(sample => sample.IsCounted) ? "Clopper-Pearson" : "Clopper-Pearson of effective counts";

    /// <summary>
    /// For each of some points the share of the sample that passes; rows for which it is not known (<see langword="null"/>) are
    /// in neither numerator nor denominator.
    /// </summary>
    public static IReadOnlyList<IntervalEntry> Of(Sample sample, IReadOnlyList<bool?[]> points, BootstrapPlan plan)
    {
        IntervalEntry[] entries = [.. points.Select(passes => Of(sample, passes))];
        if (!sample.HasNegative || sample.At.Length == 0) return entries;
        IReadOnlyList<BootstrapSpread?> spreads = Sample.Bootstrap(plan, sample)
            .Spreads(weights => [.. points.Select(passes => Share(sample.At, weights, passes))]);
        return
        [
            .. entries.Select(
                (entry, i) => entry.Value is not null && i < spreads.Count && spreads[i] is { } spread ? Within(entry, spread) : entry),
        ];
    }

    private static IntervalEntry Of(Sample sample, bool?[] passes)
    {
        long passed = 0, total = 0;
        double passedWeight = 0, totalWeight = 0, squares = 0;
        for (int place = 0; place < sample.At.Length; place++)
        {
            if (passes[sample.At[place]] is not { } pass) continue;
            double weight = sample.Weights[place];
            total++;
            totalWeight += weight;
            squares += weight * weight;
            if (!pass) continue;
            passed++;
            passedWeight += weight;
        }
        if (!(totalWeight > 0)) return new IntervalEntry(null, null, null, passed, total);
        double share = passedWeight / totalWeight;
        Interval interval = (
            sample.IsCounted
                ? ClopperPearson.Of(passed, total)
                : ClopperPearson.OfWeights(Math.Clamp(share, 0, 1) * totalWeight, totalWeight, squares)) ?? new(0, 1);
        return new IntervalEntry(share, interval.Low, interval.High, passed, total);
    }

    private static double? Share(int[] at, double[] weights, bool?[] passes)
    {
        double passed = 0, total = 0;
        for (int place = 0; place < at.Length; place++)
        {
            if (passes[at[place]] is not { } pass) continue;
            total += weights[place];
            if (pass) passed += weights[place];
        }
        return total > 0 ? passed / total : null;
    }

    // Where no row passes, or all do, no replica differs: what the counts allow stays.
    private static IntervalEntry Within(IntervalEntry entry, BootstrapSpread spread) => spread.Deviation == 0
        ? entry
        : entry with { Low = Math.Min(spread.Interval.Low, entry.Value!.Value), High = Math.Max(spread.Interval.High, entry.Value!.Value) };
}
