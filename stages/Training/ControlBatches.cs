using System.Globalization;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Learning;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// The batches of a control region as they stand in its shard, again from the first after the last; made into inputs on threads of their
/// own, ahead of the training.
/// </summary>
internal sealed class ControlBatches(
    StepRun run, Artifact shard, (FeatureSettings Settings, FeatureScaling Scaling) features, IReadOnlyList<InputShape> inputs, int threads)
{
    // Rows that are read at one time, if a batch is not larger: chunks are unpacked whole.
    private const int ReadRows = 1024;

    /// <summary>From a batch on, counted over all laps, without end.</summary>
    public IEnumerable<TrainingBatch> Endless(long from) => Made(Laps(from, once: false));

    /// <summary>All of them once.</summary>
    public IEnumerable<TrainingBatch> Once() => Made(Laps(0, once: true));

    private IEnumerable<TrainingBatch> Made(IEnumerable<PlacedRow[]> batches) =>
        Prefetch.InOrder<PlacedRow[], TrainingBatch>(batches, () => new Worker(this).Work, threads);

    private IEnumerable<PlacedRow[]> Laps(long from, bool once)
    {
        using TupleShardReader reader = run.Stream<TupleShardReader>(shard);
        int rows = int.Parse(reader.Attributes[ControlStage.BatchRows], CultureInfo.InvariantCulture);
        long batches = reader.Rows / rows;
        int together = Math.Max(1, ReadRows / rows);
        for (long next = from % batches; ; next = 0)
        {
            for (; next < batches; next += together)
            {
                int count = (int)Math.Min(together, batches - next);
                var read = new PlacedBatch(reader.Read(next * rows, count * rows), next * rows);
                for (int batch = 0; batch < count; batch++)
                    yield return [.. Enumerable.Range(batch * rows, rows).Select(row => new PlacedRow(read, row))];
            }
            if (once) yield break;
        }
    }

    /// <summary>What one thread works with.</summary>
    private sealed class Worker(ControlBatches source)
    {
        private readonly CandidateInputs _inputs = new(source.Features.Settings, source.Features.Scaling, source.Inputs);
        private readonly RowGathering _gathering = new();

        public TrainingBatch Work(PlacedRow[] rows)
        {
            Batch batch = _gathering.Of(rows);
            long first = rows[0].Number;
            return new TrainingBatch(
                rows.Length,
                _inputs.Of(batch, row => (source.Shard.Path, first + row)),
                batch.Flat<int>(ControlColumns.Domain).ToArray(),
                batch.Flat<float>(ControlColumns.Weight).ToArray())
            {
                Origin = row => $"{source.Shard.Path}, row {first + row}",
            };
        }
    }

    private Artifact Shard => shard;
    private (FeatureSettings Settings, FeatureScaling Scaling) Features => features;
    private IReadOnlyList<InputShape> Inputs => inputs;
}
