using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Learning;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// Feeds mixed shards to a training, batch by batch, with scaled features, classes and weights. Every epoch shuffles the
/// rows anew within blocks; an epoch's batches depend on seed and epoch alone.
/// </summary>
internal sealed class ShardSource : ITrainingSource
{
    private const int BlockRows = 65_536;

    private readonly StepRun _run;
    private readonly IReadOnlyList<Artifact> _shards;
    private readonly Artifact _weights;
    private readonly IReadOnlyList<string> _features;
    private readonly FeatureScaling _scaling;
    private readonly ulong _seed;
    private readonly bool _shuffleLabels;

    public ShardSource(StepRun run, IReadOnlyList<Artifact> shards, Artifact weights, IReadOnlyList<string> features, FeatureScaling scaling, bool shuffleLabels)
    {
        (_run, _shards, _weights, _features, _scaling, _shuffleLabels) = (run, shards, weights, features, scaling, shuffleLabels);
        _seed = run.Seed("epochs");
        using TupleShardReader reader = run.Stream<TupleShardReader>(weights);
        Rows = reader.Rows;
    }

    public long Rows { get; }

    public IEnumerable<TrainingBatch> Batches(int epoch, int batchSize)
    {
        using TupleShardReader weights = _run.Stream<TupleShardReader>(_weights);
        long row = 0;
        ulong block = 0;
        foreach (Artifact shard in _shards)
        {
            using TupleShardReader reader = _run.Stream<TupleShardReader>(shard);
            foreach (Batch rows in reader.Batches(BlockRows))
            {
                float[] weight = weights.Read(row, rows.Rows).Flat<float>(CandidateColumns.Weight).ToArray();
                row += rows.Rows;
                int[] order = new BlockShuffle(_seed, $"epoch {epoch}").Order((long)block, rows.Rows);
                float[] features = ScaledFeatures.Of(rows, _features, _scaling);
                int[] labels = rows.Flat<int>(CandidateColumns.Type).ToArray();
                if (_shuffleLabels) labels = [.. new BlockShuffle(_seed, "labels").Order((long)block, rows.Rows).Select(other => labels[other])];
                block++;
                for (int first = 0; first < order.Length; first += batchSize)
                    yield return Pick(features, labels, weight, order.AsSpan(first, Math.Min(batchSize, order.Length - first)));
            }
        }
    }

    private TrainingBatch Pick(float[] features, int[] labels, float[] weights, ReadOnlySpan<int> rows)
    {
        int inputs = _features.Count;
        var (x, y, w) = (new float[rows.Length * inputs], new int[rows.Length], new float[rows.Length]);
        for (int i = 0; i < rows.Length; i++)
        {
            features.AsSpan(rows[i] * inputs, inputs).CopyTo(x.AsSpan(i * inputs));
            (y[i], w[i]) = (labels[rows[i]], weights[rows[i]]);
        }
        return new TrainingBatch(rows.Length, x, y, w);
    }
}
