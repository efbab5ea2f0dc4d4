using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>The rows of one dataset for mixing: its shards one after the other, shuffled block by block; one block is in memory.</summary>
internal sealed class DatasetRows
{
    private readonly StepRun _run;
    private readonly IReadOnlyList<PartShard> _shards;
    private readonly IReadOnlyList<FileEntries> _ranges;
    private readonly BlockShuffle _shuffle;
    private readonly int _blockRows;

    public DatasetRows(StepRun run, IReadOnlyList<PartShard> shards, string group, (int Number, int Count) job, int blockRows)
    {
        (_run, _shards, _blockRows) = (run, shards, blockRows);
        _shuffle = new BlockShuffle(run.Seed("blocks"), $"{group}/{Name}");
        long[] sizes = [.. shards.Select(RowsOf)];
        long total = sizes.Sum();
        EntryRange range = job.Count == 1 || total == 0 ? new EntryRange(0, total) : EntryRange.OfShard(total, job.Count, job.Number);
        _ranges = [.. range.In(sizes)];
    }

    public string Name => _shards[0].Dataset.Name;

    public long Rows => _ranges.Sum(range => range.Count);

    public IEnumerable<(Batch Batch, int Row)> Read()
    {
        foreach (FileEntries range in _ranges)
        {
            long block = (long)range.File << 32;
            using TupleShardReader reader = _run.Stream<TupleShardReader>(_shards[range.File].Shard);
            for (long first = range.First; first < range.First + range.Count; first += _blockRows)
            {
                _run.Cancellation.ThrowIfCancellationRequested();
                int rows = (int)Math.Min(_blockRows, range.First + range.Count - first);
                Batch batch = WithDataset(reader.Read(first, rows));
                foreach (int row in _shuffle.Order(block++, rows)) yield return (batch, row);
            }
        }
    }

    private Batch WithDataset(Batch batch)
    {
        var index = new int[batch.Rows];
        Array.Fill(index, _shards[0].Dataset.Index);
        return batch.With(new Column<int>(CandidateColumns.Dataset, index));
    }

    private long RowsOf(PartShard shard)
    {
        using TupleShardReader reader = _run.Stream<TupleShardReader>(shard.Shard);
        return reader.Rows;
    }
}
