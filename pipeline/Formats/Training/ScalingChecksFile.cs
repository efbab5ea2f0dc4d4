using TauPipeline.BuildGraph;

namespace TauPipeline.Formats;

/// <summary>Where features are cut, what of that is suspicious, and whether scaling constants have settled.</summary>
/// <param name="Ranges">Where each feature is cut, over all rows.</param>
/// <param name="SnapshotRows">The rows before each snapshot; one snapshot at least, the last one of all rows.</param>
/// <param name="Snapshots">Means and spreads of normal features by snapshot.</param>
/// <param name="Converged">
/// Whether 95 % of the features changed by less than <paramref name="LargestChange"/> at the last snapshot; null with fewer than two.
/// </param>
/// <param name="LargestChange">The change that is allowed.</param>
public sealed record ScalingChecksFile(
    IReadOnlyList<ScalingRangeEntry> Ranges,
    IReadOnlyList<long> SnapshotRows,
    IReadOnlyList<ScalingSnapshotEntry> Snapshots,
    bool? Converged,
    double LargestChange) : IProduct<ScalingChecksFile>
{
    /// <inheritdoc/>
    public static ScalingChecksFile Read(ProductInput from) => Json.Read<ScalingChecksFile>(from);

    /// <inheritdoc/>
    public static void Write(ProductOutput to, ScalingChecksFile value) => Json.Write(to, value);
}

/// <summary>Where a feature is cut.</summary>
/// <param name="Feature">Its name.</param>
/// <param name="Cone">Of which constituents.</param>
/// <param name="Kind">How it is scaled.</param>
/// <param name="Low">Values below are cut.</param>
/// <param name="High">Values above are cut.</param>
/// <param name="Mean">Mean of the values.</param>
/// <param name="Std">Their standard deviation.</param>
/// <param name="Median">Their median; NaN where there is none, as all that follows from them.</param>
/// <param name="Minimum">The smallest.</param>
/// <param name="Maximum">The largest.</param>
/// <param name="Left">Quantiles where a normal distribution has -1, -2, -3, -5 standard deviations.</param>
/// <param name="Right">The same of 1, 2, 3, 5.</param>
/// <param name="QuantileError">By how much of itself a quantile may be wrong.</param>
/// <param name="ShareCut">The share of values that are cut.</param>
/// <param name="Suspicions">The criteria that hold.</param>
/// <param name="SuspiciousShards">The share of shards that are suspicious by themselves, of those with values.</param>
public sealed record ScalingRangeEntry(
    string Feature,
    string Cone,
    string Kind,
    double Low,
    double High,
    double Mean,
    double Std,
    double Median,
    double Minimum,
    double Maximum,
    IReadOnlyList<double> Left,
    IReadOnlyList<double> Right,
    double QuantileError,
    double ShareCut,
    IReadOnlyList<string> Suspicions,
    double SuspiciousShards);

/// <summary>Mean and spread of a feature by snapshot, and by how much of themselves they changed.</summary>
/// <param name="Feature">Its name.</param>
/// <param name="Cone">Of which constituents.</param>
/// <param name="Counts">Values before each snapshot.</param>
/// <param name="Means">Their mean.</param>
/// <param name="Spreads">Their standard deviation.</param>
/// <param name="MeanChanges">Change of the mean at each snapshot but the first; NaN where it was 0.</param>
/// <param name="SpreadChanges">The same of the spread.</param>
/// <param name="MeanChange">From the first snapshot to the last, of the first.</param>
/// <param name="SpreadChange">The same of the spread.</param>
public sealed record ScalingSnapshotEntry(
    string Feature,
    string Cone,
    IReadOnlyList<long> Counts,
    IReadOnlyList<double> Means,
    IReadOnlyList<double> Spreads,
    IReadOnlyList<double> MeanChanges,
    IReadOnlyList<double> SpreadChanges,
    double MeanChange,
    double SpreadChange);
