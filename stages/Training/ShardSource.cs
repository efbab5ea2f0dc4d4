using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Learning;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// Feeds mixed shards to a training, batch by batch, with scaled features, filled grids, classes and weights. Every epoch shuffles the
/// rows anew within blocks; batches go on across blocks and shards, and depend on seed and epoch alone. Rows are shuffled as they are
/// stored; inputs are made of them batch by batch, ahead of the training and on threads of their own.
/// </summary>
internal sealed class ShardSource : ITrainingSource
{
    private readonly ShuffledRows _rows;
    private readonly (FeatureSettings Settings, FeatureScaling Scaling) _features;
    private readonly IReadOnlyList<InputShape> _inputs;
    private readonly IReadOnlyList<HeadSettings> _heads;
    private readonly int _threads;

    /// <summary>A source of these inputs.</summary>
    public ShardSource(
        StepRun run, (IReadOnlyList<Artifact> Rows, Artifact Weights) shards, (FeatureSettings Settings, FeatureScaling Scaling) features,
        IReadOnlyList<InputShape> inputs, TrainSettings settings)
    {
        _rows = new ShuffledRows(run, shards.Rows, shards.Weights, settings);
        (_features, _inputs, _heads, _threads) = (features, inputs, settings.Heads, settings.LoaderThreads);
    }

    public long Rows => _rows.Count;

    public IEnumerable<TrainingBatch> Batches(int epoch, BatchCut cut, int done = 0) =>
        Prefetch.InOrder<PlacedRow[], TrainingBatch>(_rows.Batches(epoch, cut).Skip(done), () => new Worker(this).Work, _threads);

    /// <summary>What one thread works with.</summary>
    private sealed class Worker(ShardSource source)
    {
        private readonly CandidateInputs _inputs = new(source._features.Settings, source._features.Scaling, source._inputs);
        private readonly RowGathering _gathering = new();

        public TrainingBatch Work(PlacedRow[] rows)
        {
            Batch batch = _gathering.Of(rows);
            // Numbers alone: a batch that waits for its turn keeps no block of rows in memory.
            long[] numbers = [.. rows.Select(row => row.Number)];
            return new TrainingBatch(
                rows.Length,
                _inputs.Of(batch, row => source._rows.OriginOf(numbers[row])),
                batch.Flat<int>(CandidateColumns.Type).ToArray(),
                batch.Flat<float>(CandidateColumns.Weight).ToArray())
            {
                Targets = source._heads.Count > 0 ? [.. source._heads.Select(head => head.TargetsOf(batch))] : null,
                Origin = row => source._rows.OriginOf(numbers[row]) is var (shard, number) ? $"{shard}, row {number}" : "",
            };
        }
    }
}
