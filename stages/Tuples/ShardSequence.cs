using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// The rows of several shards, one shard after the other. One is open at a time, however many there are, and none from one
/// block to the next: descriptors and memory depend neither on the number of files nor on that of sequences.
/// </summary>
internal sealed class ShardSequence(StepRun run, IReadOnlyList<Artifact> shards)
{
    /// <summary>Rows of each shard; looked up when first asked for.</summary>
    public IReadOnlyList<long> Sizes => field ??= [.. shards.Select(RowsOf)];

    /// <summary>Rows of all shards.</summary>
    public long Rows => Sizes.Sum();

    /// <summary>All rows in batches as large as memory allows; all declared columns if none are named.</summary>
    public IEnumerable<Batch> Batches(IReadOnlyList<string>? columns = null)
    {
        foreach (Artifact shard in shards)
        {
            using TupleShardReader reader = run.Stream<TupleShardReader>(shard);
            foreach (Batch batch in reader.Batches(columns: columns))
            {
                run.Cancellation.ThrowIfCancellationRequested();
                yield return batch;
            }
        }
    }

    /// <summary>
    /// A range of rows in consecutive blocks of so many, the last one shorter; a block goes across shards and comes in pieces.
    /// </summary>
    public IEnumerable<IEnumerable<Batch>> Blocks(EntryRange range, int rows, IReadOnlyList<string>? columns = null)
    {
        for (long first = range.First; first < range.End; first += rows)
            yield return Pieces(new EntryRange(first, Math.Min(range.End, first + rows)), columns);
    }

    private IEnumerable<Batch> Pieces(EntryRange block, IReadOnlyList<string>? columns)
    {
        foreach (FileEntries part in block.In(Sizes))
        {
            run.Cancellation.ThrowIfCancellationRequested();
            using TupleShardReader reader = run.Stream<TupleShardReader>(shards[part.File]);
            foreach (Batch batch in reader.Batches((part.First, part.Count), columns: columns)) yield return batch;
        }
    }

    private long RowsOf(Artifact shard)
    {
        using TupleShardReader reader = run.Stream<TupleShardReader>(shard);
        return reader.Rows;
    }
}
