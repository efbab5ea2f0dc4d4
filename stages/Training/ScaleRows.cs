using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Physics;
using TauPipeline.Statistics;

namespace TauPipeline.Stages;

/// <summary>
/// The statistics of all features over the rows of shards: of each shard, of all that came before each snapshot, and of all. Each row is
/// counted once; what is of several shards is added up.
/// </summary>
internal sealed class ScaleRows
{
    private readonly FeatureSettings _features;
    private readonly ScaleSettings _settings;
    private readonly List<Moments>[] _snapshots;

    public ScaleRows(FeatureSettings features, ScaleSettings settings)
    {
        (_features, _settings, All) = (features, settings, Empty(features, settings));
        _snapshots = [.. All.Select(_ => new List<Moments>())];
    }

    /// <summary>Of all rows, feature by feature, inner cone before outer.</summary>
    public FeatureStatistics[] All { get; }

    /// <summary>The moments at each snapshot, for each of <see cref="All"/>.</summary>
    public IReadOnlyList<IReadOnlyList<Moments>> Snapshots => _snapshots;

    /// <summary>The rows before each snapshot.</summary>
    public IReadOnlyList<long> SnapshotRows { get; private set; } = [];

    /// <summary>Goes through all shards; <paramref name="shardDone"/> is given the statistics of each.</summary>
    public void Read(StepRun run, IReadOnlyList<Artifact> shards, Action<int, FeatureStatistics[]> shardDone)
    {
        var rows = new ShardSequence(run, shards);
        SnapshotRows = _settings.SnapshotsOf(rows.Sizes);
        long first = 0, shardEnd = 0;
        for (int shard = 0; shard < shards.Count; shard++)
        {
            shardEnd += rows.Sizes[shard];
            FeatureStatistics[] ofShard = Empty(_features, _settings), part = Empty(_features, _settings);
            foreach (long end in SnapshotRows.Where(end => end > first && end < shardEnd).Append(shardEnd).ToArray())
            {
                foreach (Batch batch in rows.Blocks(new EntryRange(first, end), int.MaxValue).SelectMany(block => block)) Add(part, batch);
                first = end;
                for (int i = 0; i < part.Length; i++)
                {
                    ofShard[i].Add(part[i]);
                    All[i].Add(part[i]);
                    if (SnapshotRows.Contains(end)) _snapshots[i].Add(All[i].Moments);
                }
                part = Empty(_features, _settings);
            }
            shardDone(shard, ofShard);
        }
    }

    private void Add(FeatureStatistics[] statistics, Batch batch)
    {
        var cones = new Dictionary<string, ConstituentCone[]>(StringComparer.Ordinal);
        Feature? last = null;
        FeatureValues values = default;
        foreach (FeatureStatistics one in statistics)
        {
            Feature feature = one.Feature;
            if (feature != last) (last, values) = (feature, FeatureValues.Of(batch, feature));
            if (feature.ByCone && !cones.ContainsKey(feature.Constituents))
                cones[feature.Constituents] = _features.Cone.ConesOf(batch, feature.Constituents);
            one.Add(values.Of(one.Cone, cones.GetValueOrDefault(feature.Constituents)));
        }
    }

    private static FeatureStatistics[] Empty(FeatureSettings features, ScaleSettings settings) =>
    [
        .. from feature in features.Features
           from cone in feature.Cones
           select new FeatureStatistics(feature, cone, settings.QuantileValues),
    ];
}
