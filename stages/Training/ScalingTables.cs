using System.Globalization;
using System.Text;
using TauPipeline.Formats;
using TauPipeline.Physics;
using TauPipeline.Statistics;

namespace TauPipeline.Stages;

/// <summary>What there is to check of scaling constants, as numbers and as a table.</summary>
internal static class ScalingTables
{
    // Values further above the mean do not count for the mean without the upper tail (atlas-upp 10.2).
    private const double Tail = 5;

    /// <summary>Ranges, suspicions and convergence.</summary>
    /// <param name="rows">The statistics.</param>
    /// <param name="scales">The scaling of each.</param>
    /// <param name="shards">Quantiles of each in every shard.</param>
    /// <param name="settings">What is suspicious.</param>
    public static ScalingChecksFile Checks(
        ScaleRows rows, IReadOnlyList<FeatureScale> scales, IReadOnlyList<QuantileSummary?[]> shards, ScaleSettings settings)
    {
        ScalingSnapshots[] snapshots =
        [
            .. from i in Enumerable.Range(0, scales.Count)
               where scales[i].Kind == ScalingKind.Normal && rows.SnapshotRows.Count > 1
               select new ScalingSnapshots(scales[i].Feature, scales[i].Cone, rows.Snapshots[i]),
        ];
        return new ScalingChecksFile(
            [.. rows.All.Select((one, i) => Range(one, scales[i], [.. shards.Select(shard => shard[i])], settings.Suspicious))],
            rows.SnapshotRows,
            [.. snapshots.Select(Entry)],
            ScalingConvergence.HasSettled(snapshots, settings.LargestChange),
            settings.LargestChange);
    }

    /// <summary>Count, mean and spread of every feature, with and without the upper tail.</summary>
    public static string Statistics(IEnumerable<FeatureStatistics> statistics)
    {
        var text = new StringBuilder("feature,cone,count,missing,infinite,mean,std,robust_mean,robust_std,quantile_error\n");
        foreach (FeatureStatistics one in statistics)
        {
            Moments all = one.Moments, robust = one.Counts.MomentsUpTo(all.Mean + Tail * all.StandardDeviation);
            text.Append(CultureInfo.InvariantCulture, $"{one.Feature.Name},{ScalingNames.Of(one.Cone)},{all.Count},{all.NotANumber},");
            text.Append(CultureInfo.InvariantCulture, $"{all.Infinite},{all.Mean:R},{all.StandardDeviation:R},{robust.Mean:R},");
            text.Append(CultureInfo.InvariantCulture, $"{robust.StandardDeviation:R},{one.Counts.RelativeError:R}\n");
        }
        return text.ToString();
    }

    private static ScalingRangeEntry Range(
        FeatureStatistics one, FeatureScale scale, IReadOnlyList<QuantileSummary?> shards, IReadOnlyList<string> criteria)
    {
        var range = new ScalingRange(scale, one.Counts.Summary, criteria);
        bool[] suspicious =
            [.. shards.Where(shard => shard is not null).Select(shard => new ScalingRange(scale, shard, criteria).Suspicions.Count > 0)];
        Moments moments = one.Moments;
        return new ScalingRangeEntry(
            scale.Feature,
            ScalingNames.Of(scale.Cone),
            ScalingNames.Of(scale.Kind),
            range.Low,
            range.High,
            moments.Mean,
            moments.StandardDeviation,
            range.Values?.Median ?? double.NaN,
            range.Values?.Minimum ?? double.NaN,
            range.Values?.Maximum ?? double.NaN,
            [.. range.Values?.Sigmas.Select(level => level.Left) ?? []],
            [.. range.Values?.Sigmas.Select(level => level.Right) ?? []],
            one.Counts.RelativeError,
            one.Counts.ShareOutside(range.Low, range.High),
            range.Suspicions,
            suspicious.Length == 0 ? 0 : (double)suspicious.Count(one => one) / suspicious.Length);
    }

    private static ScalingSnapshotEntry Entry(ScalingSnapshots one) => new(
        one.Feature,
        ScalingNames.Of(one.Cone),
        [.. one.Moments.Select(moments => moments.Count)],
        [.. one.Moments.Select(moments => moments.Mean)],
        [.. one.Moments.Select(moments => moments.StandardDeviation)],
        one.MeanChanges,
        one.SpreadChanges,
        one.MeanChange,
        one.SpreadChange);
}
