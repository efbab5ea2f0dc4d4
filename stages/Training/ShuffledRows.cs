using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Learning;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// The rows of mixed shards as they are stored, with their weights for the training, shuffled within blocks and cut into batches. No more
/// than two blocks are in memory: one that is being dealt out and one that is being read.
/// </summary>
internal sealed class ShuffledRows
{
    private readonly StepRun _run;
    private readonly IReadOnlyList<Artifact> _files;
    private readonly ShardSequence _shards;
    private readonly Artifact _weights;
    private readonly TrainSettings _settings;
    private readonly ulong _seed;

    public ShuffledRows(StepRun run, IReadOnlyList<Artifact> files, Artifact weights, TrainSettings settings)
    {
        (_run, _files, _weights, _settings) = (run, files, weights, settings);
        _shards = new ShardSequence(run, files);
        _seed = run.Seed("epochs");
    }

    /// <summary>How many there are.</summary>
    public long Count => _shards.Rows;

    /// <summary>The rows of an epoch, batch by batch.</summary>
    public IEnumerable<PlacedRow[]> Batches(int epoch, BatchCut cut)
    {
        var shuffle = new BlockShuffle(_seed, $"epoch {epoch}");
        using IEnumerator<int> sizes = cut.Sizes(Count).GetEnumerator();
        PlacedRow[]? batch = null;
        int filled = 0;
        long number = 0;
        foreach (PlacedRow[] block in Blocks())
            foreach (int row in shuffle.Order(number++, block.Length))
            {
                if (batch is null && !sizes.MoveNext()) yield break;
                batch ??= new PlacedRow[sizes.Current];
                batch[filled++] = block[row];
                if (filled < batch.Length) continue;
                yield return batch;
                (batch, filled) = (null, 0);
            }
    }

    /// <summary>The shard that a row of the sample is from, and its number there.</summary>
    public (string Shard, long Row) OriginOf(long number)
    {
        long first = 0;
        int shard = 0;
        while (number >= first + _shards.Sizes[shard]) first += _shards.Sizes[shard++];
        return (_files[shard].Path, number - first);
    }

    // All rows in their own order, so many at a time.
    private IEnumerable<PlacedRow[]> Blocks()
    {
        using TupleShardReader weights = _run.Stream<TupleShardReader>(_weights);
        long first = 0, number = 0;
        foreach (IEnumerable<Batch> pieces in _shards.Blocks(new EntryRange(0, Count), _settings.ShuffleRows))
        {
            var block = new List<PlacedBatch>();
            long bytes = 0;
            foreach (Batch rows in pieces)
            {
                Column weight = weights.Read(first, rows.Rows)[CandidateColumns.Weight];
                block.Add(new PlacedBatch(rows.With(weight), first));
                first += rows.Rows;
                bytes += block[^1].Rows.Bytes;
                if (2 * bytes > Math.Max(_run.Memory, TrainSettings.LeastMemory))
                    throw StageErrors.TrainBlocksTooLarge(bytes, _run.Memory, block.Sum(piece => piece.Rows.Rows));
            }
            if (_settings.ShuffleLabels) Relabel(block, number);
            number++;
            yield return [.. block.SelectMany(piece => Enumerable.Range(0, piece.Rows.Rows).Select(row => new PlacedRow(piece, row)))];
        }
    }

    private void Relabel(List<PlacedBatch> block, long number)
    {
        int[] labels = [.. block.SelectMany(piece => piece.Rows.Flat<int>(CandidateColumns.Type).ToArray())];
        int[] dealt = [.. new BlockShuffle(_seed, "labels").Order(number, labels.Length).Select(other => labels[other])];
        int first = 0;
        for (int piece = 0; piece < block.Count; piece++)
        {
            Batch rows = block[piece].Rows;
            var types = new Column<int>(CandidateColumns.Type, dealt.AsMemory(first, rows.Rows));
            block[piece] = block[piece] with { Rows = rows.With(types) };
            first += rows.Rows;
        }
    }
}
