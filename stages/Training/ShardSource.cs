using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Learning;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// Feeds mixed shards to a training, batch by batch, with scaled features, classes and weights. Every epoch shuffles the
/// rows anew within blocks; batches go on across blocks and shards, and depend on seed and epoch alone.
/// </summary>
internal sealed class ShardSource : ITrainingSource
{
    private readonly StepRun _run;
    private readonly ShardSequence _shards;
    private readonly Artifact _weights;
    private readonly IReadOnlyList<Feature> _features;
    private readonly FeatureScaling _scaling;
    private readonly TrainSettings _settings;
    private readonly IReadOnlyList<InputShape> _inputs;
    private readonly ulong _seed;

    public ShardSource(
        StepRun run, IReadOnlyList<Artifact> shards, Artifact weights, IReadOnlyList<Feature> features, FeatureScaling scaling,
        TrainSettings settings)
    {
        (_run, _weights, _features, _scaling, _settings) = (run, weights, features, scaling, settings);
        _shards = new ShardSequence(run, shards);
        _inputs = [new(InputShape.Tau, features.Count)];
        _seed = run.Seed("epochs");
    }

    public long Rows => _shards.Rows;

    public IEnumerable<TrainingBatch> Batches(int epoch, BatchCut cut)
    {
        var shuffle = new BlockShuffle(_seed, $"epoch {epoch}");
        using IEnumerator<int> sizes = cut.Sizes(Rows).GetEnumerator();
        RowsToLearn? batch = null;
        long number = 0;
        foreach (TrainingBatch block in Blocks())
            foreach (int row in shuffle.Order(number++, block.Rows))
            {
                if (batch is null && !sizes.MoveNext()) yield break;
                batch ??= new RowsToLearn(sizes.Current, _inputs);
                batch.Add(block, row);
                if (!batch.IsFull) continue;
                yield return batch.Batch;
                batch = null;
            }
    }

    // All rows in their own order, so many at a time.
    private IEnumerable<TrainingBatch> Blocks()
    {
        using TupleShardReader weights = _run.Stream<TupleShardReader>(_weights);
        long first = 0, number = 0;
        foreach (IEnumerable<Batch> pieces in _shards.Blocks(new EntryRange(0, Rows), _settings.ShuffleRows))
        {
            var block = new RowsToLearn((int)Math.Min(_settings.ShuffleRows, Rows - first), _inputs);
            foreach (Batch rows in pieces)
            {
                Batch weighed = weights.Read(first, rows.Rows);
                float[] scaled = ScaledFeatures.Of(rows, _features, _scaling);
                block.Add([new(_inputs[0], scaled)], rows.Flat<int>(CandidateColumns.Type), weighed.Flat<float>(CandidateColumns.Weight));
                first += rows.Rows;
            }
            yield return _settings.ShuffleLabels ? Relabelled(block.Batch, number) : block.Batch;
            number++;
        }
    }

    private TrainingBatch Relabelled(TrainingBatch block, long number) =>
        block with { Labels = [.. new BlockShuffle(_seed, "labels").Order(number, block.Rows).Select(other => block.Labels[other])] };
}
