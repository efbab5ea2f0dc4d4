using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// All rows of some shards in blocks that hold the same part of each shard, the rows of a block in random order: every block has what the
/// whole has. One block is in memory, one shard open; every row comes once, whatever the numbers.
/// </summary>
internal sealed class MergeRows
{
    private const int WriteRows = 4096;

    private readonly StepRun _run;
    private readonly IReadOnlyList<PartShard> _shards;
    private readonly EntryRange[] _ranges;
    private readonly long _blocks;
    private readonly (int Number, int Count) _job;
    private long _held;

    /// <summary>The share of one of several jobs.</summary>
    public MergeRows(StepRun run, IReadOnlyList<PartShard> shards, (int Number, int Count) job, int blockRows)
    {
        (_run, _shards, _job) = (run, shards, job);
        IReadOnlyList<long> sizes = new ShardSequence(run, [.. shards.Select(shard => shard.Shard)]).Sizes;
        if (job.Count > 1 && job.Count > sizes.Sum()) throw StageErrors.MoreShardsThanRows(job.Count, sizes.Sum());
        _ranges = [.. sizes.Select(size => EvenCut.Of(new EntryRange(0, size), job.Number, job.Count))];
        _blocks = Math.Max(1, (_ranges.Sum(range => range.End - range.First) + blockRows - 1) / blockRows);
        if (shards.Count == 0) throw StageErrors.NothingToMerge();
        using TupleShardReader first = run.Stream<TupleShardReader>(shards[0].Shard);
        Schema = new Schema(first.Schema.Columns.Append(new ColumnSpec(CandidateColumns.Dataset, ColumnType.Int32)));
    }

    /// <summary>The columns of all shards, and which dataset a row is from.</summary>
    public Schema Schema { get; }

    /// <summary>The rows, each with what <paramref name="made"/> makes of it, in batches.</summary>
    public IEnumerable<Batch> Shuffled(string sample, Func<Batch, Batch> made)
    {
        var shuffled = new ShuffledBlocks(new BlockShuffle(_run.Seed("merge"), $"{sample}/{_job.Number}"), Hold);
        BatchBuilder? builder = null;
        foreach (BatchRow row in shuffled.Rows(Blocks.Select(pieces => pieces.Select(made)), 0, RowsOf))
        {
            builder ??= new BatchBuilder(row.Batch.Schema);
            builder.Append(row.Batch, row.Index);
            if (builder.Rows == WriteRows) yield return builder.Build();
        }
        if (builder?.Rows > 0) yield return builder.Build();
    }

    private IEnumerable<IEnumerable<Batch>> Blocks
    {
        get { for (long block = 0; block < _blocks; block++) yield return Pieces(block); }
    }

    private static BatchRow[] RowsOf(Batch piece)
    {
        var rows = new BatchRow[piece.Rows];
        for (int row = 0; row < rows.Length; row++) rows[row] = new BatchRow(piece, row);
        return rows;
    }

    private void Hold(long bytes)
    {
        _held += bytes;
        if (_held > _run.Memory / 2) throw StageErrors.MergeBlocksTooLarge(_held, _run.Memory);
    }

    private IEnumerable<Batch> Pieces(long block)
    {
        for (int shard = 0; shard < _shards.Count; shard++)
        {
            EntryRange rows = EvenCut.Of(_ranges[shard], block, _blocks);
            if (rows.End == rows.First) continue;
            _run.Cancellation.ThrowIfCancellationRequested();
            using TupleShardReader reader = _run.Stream<TupleShardReader>(_shards[shard].Shard);
            foreach (Batch batch in reader.Batches((rows.First, rows.End - rows.First)))
            {
                var dataset = new int[batch.Rows];
                Array.Fill(dataset, _shards[shard].Dataset.Index);
                yield return batch.With(new Column<int>(CandidateColumns.Dataset, dataset));
            }
        }
    }
}
