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
        var shuffle = new BlockShuffle(_run.Seed("merge"), $"{sample}/{_job.Number}");
        for (long block = 0; block < _blocks; block++)
        {
            List<Batch> pieces = [.. Pieces(block).Select(made)];
            long bytes = pieces.Sum(piece => piece.Bytes);
            if (bytes > _run.Memory / 2) throw StageErrors.MergeBlocksTooLarge(bytes, _run.Memory);
            foreach (Batch batch in InOrder(pieces, shuffle.Order(block, pieces.Sum(piece => piece.Rows)))) yield return batch;
        }
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

    private static IEnumerable<Batch> InOrder(List<Batch> pieces, int[] order)
    {
        if (order.Length == 0) yield break;
        var places = new (int Piece, int Row)[order.Length];
        for (int piece = 0, at = 0; piece < pieces.Count; piece++)
            for (int row = 0; row < pieces[piece].Rows; row++) places[at++] = (piece, row);
        var builder = new BatchBuilder(pieces[0].Schema);
        foreach (int row in order)
        {
            builder.Append(pieces[places[row].Piece], places[row].Row);
            if (builder.Rows == WriteRows) yield return builder.Build();
        }
        if (builder.Rows > 0) yield return builder.Build();
    }
}
