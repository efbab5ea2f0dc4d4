using TauPipeline.BuildGraph;
using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>The block <c>scale:</c>.</summary>
/// <param name="Snapshots">Into how many equal parts of the rows statistics are cut, to see whether they settle; 0 for none.</param>
/// <param name="SnapshotFiles">After how many shards there is one, instead; 0 for none.</param>
/// <param name="QuantileValues">Different values of a feature up to which its quantiles are exact.</param>
/// <param name="Suspicious">What is told of features.</param>
/// <param name="LargestChange">The change at the last snapshot that 95 % of the features stay below once constants have settled.</param>
/// <param name="File">Constants of TauMLTools that stand in place of ours.</param>
/// <param name="Used">What enters fingerprints.</param>
public sealed record ScaleSettings(
    int Snapshots,
    int SnapshotFiles,
    int QuantileValues,
    IReadOnlyList<string> Suspicious,
    double LargestChange,
    Artifact? File,
    SettingsUsed Used)
{
    // Below some thousand cells of neighbours there would be binary orders of magnitude without one.
    private const int FewestValues = 4096;

    /// <summary>Reads the block.</summary>
    public static ScaleSettings Read(ConfigBlock block)
    {
        int snapshots = (int)block.Whole("snapshots", 0, 0, 10_000), files = (int)block.Whole("snapshot_files", 0, 0, 1_000_000);
        if (snapshots > 0 && files > 0) block.Wrong("snapshot_files", "snapshots by rows or by files", "both");
        int values = (int)block.Whole("quantile_values", 16_384, FewestValues, 10_000_000);
        IReadOnlyList<string> suspicious = block.Texts("suspicious", ScalingRange.Usual);
        string[] known = [.. ScalingRange.Criteria.Select(one => one.Name)];
        foreach (string name in suspicious.Where(name => !known.Contains(name)))
            block.Wrong("suspicious", "criteria of suspicion", $"'{name}', nearest {ErrorText.Nearest(name, known, 1)}");
        double largest = block.Number("largest_change", 0.1, "", 0);
        ConfigBlock file = block.Block("file");
        RawEntry[] inputs = [.. file.List("inputs").Select(input => RawEntry.Read("scale/file", input))];
        if (file.IsThere && inputs.Length != 1) block.Wrong("file", "one file", $"{inputs.Length}");
        return new ScaleSettings(
            snapshots, files, values, suspicious, largest, inputs.Length == 1 ? inputs[0].File : null, block.Used());
    }

    /// <summary>The rows before each snapshot of shards of these sizes; the last one has them all.</summary>
    public IReadOnlyList<long> SnapshotsOf(IReadOnlyList<long> shards)
    {
        long rows = shards.Sum();
        long[] ends = SnapshotFiles > 0
            ? [.. shards.Select((_, shard) => shards.Take(shard + 1).Sum()).Where((_, shard) => (shard + 1) % SnapshotFiles == 0)]
            : [.. Enumerable.Range(1, Snapshots).Select(part => (long)((Int128)rows * part / Snapshots))];
        return [.. ends.Append(rows).Where(end => end > 0).DefaultIfEmpty(0).Distinct()];
    }
}
