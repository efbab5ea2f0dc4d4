using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// Streams the rows of all groups for mixing, each group shuffled block by block: one block a group is in memory. Counts
/// rows into the ledger, once each: a row that two groups want is a repetition, a row that none wants is dropped.
/// </summary>
internal sealed class MixRows : IDisposable
{
    private readonly StepRun _run;
    private readonly IReadOnlyList<MixSource> _sources;
    private readonly int _job, _jobs, _blockRows;
    private readonly (Batch Batch, int Row)[] _current;
    private readonly IEnumerator<MixCandidate>[] _candidates;

    public MixRows(StepRun run, IReadOnlyList<MixSource> sources, int job, int jobs, int blockRows)
    {
        (_run, _sources, _job, _jobs, _blockRows) = (run, sources, job, jobs, blockRows);
        _current = new (Batch, int)[sources.Count];
        _candidates = [.. sources.Select((_, group) => Of(group).GetEnumerator())];
        using TupleShardReader first = run.Stream<TupleShardReader>(sources[0].Shards[0].Shard);
        Schema = new Schema(first.Schema.Columns.Append(new ColumnSpec(CandidateColumns.Dataset, ColumnType.Int32)));
    }

    /// <summary>The columns of all shards, and which dataset a row is from.</summary>
    public Schema Schema { get; }

    /// <summary>The candidates of each group in reading order.</summary>
    public IReadOnlyList<IEnumerator<MixCandidate>> Candidates => _candidates;

    /// <summary>Adds the row that a group gave last.</summary>
    public void AppendCurrent(int group, BatchBuilder builder) => builder.Append(_current[group].Batch, _current[group].Row);

    /// <summary>Reads on to the end, so that rows that mixing did not ask for are in the ledger too.</summary>
    public void CountUnused(RowLedger ledger)
    {
        foreach (IEnumerator<MixCandidate> candidates in _candidates)
            while (candidates.MoveNext()) ledger.Dropped("left over when mixing ended", TauTypes.Name(candidates.Current.Type), 1);
    }

    public void Dispose()
    {
        foreach (IEnumerator<MixCandidate> candidates in _candidates) candidates.Dispose();
    }

    private IEnumerable<MixCandidate> Of(int group)
    {
        MixSource source = _sources[group];
        var shuffle = new BlockShuffle(_run.Seed("blocks"), source.Group.Name);
        long[] sizes = [.. source.Shards.Select(shard => Rows(shard))];
        long total = sizes.Sum();
        if (total == 0) yield break;
        long entry = 0;
        EntryRange range = _jobs == 1 ? new EntryRange(0, total) : EntryRange.OfShard(total, _jobs, _job);
        foreach (FileEntries part in range.In(sizes))
        {
            PartShard shard = source.Shards[part.File];
            using TupleShardReader reader = _run.Stream<TupleShardReader>(shard.Shard);
            long block = (long)part.File << 32;
            for (long first = part.First; first < part.First + part.Count; first += _blockRows)
            {
                _run.Cancellation.ThrowIfCancellationRequested();
                int rows = (int)Math.Min(_blockRows, part.First + part.Count - first);
                Batch batch = WithDataset(reader.Read(first, rows), shard.Dataset.Index);
                int[] types = batch.Flat<int>(CandidateColumns.Type).ToArray();
                float[] pt = batch.Flat<float>(CandidateColumns.Pt).ToArray(), eta = batch.Flat<float>(CandidateColumns.Eta).ToArray();
                foreach (int row in shuffle.Order(block++, rows))
                {
                    var type = (TauType)types[row];
                    if (!Counts(group, shard.Dataset.Name, type)) continue;
                    _current[group] = (batch, row);
                    yield return new MixCandidate(entry + row, type, Math.Abs(eta[row]), pt[row]);
                }
                entry += rows;
            }
        }
    }

    // Whether this group wants the row; and its line in the ledger.
    private bool Counts(int group, string dataset, TauType type)
    {
        int[] readers = [.. Enumerable.Range(0, _sources.Count).Where(other => _sources[other].Group.Datasets.Contains(dataset))];
        int[] wanting = [.. readers.Where(other => _sources[other].Group.Types.Contains(type))];
        string @class = TauTypes.Name(type);
        if (wanting.Length == 0 && group == readers[0])
        {
            _run.Rows.In(@class, 1);
            _run.Rows.Dropped("type not wanted by any group", @class, 1);
        }
        else if (wanting.Length > 0 && group == wanting[0]) _run.Rows.In(@class, 1);
        else if (wanting.Contains(group)) _run.Rows.Repeated("wanted by more than one group", @class, 1);
        return wanting.Contains(group);
    }

    private long Rows(PartShard shard)
    {
        using TupleShardReader reader = _run.Stream<TupleShardReader>(shard.Shard);
        return reader.Rows;
    }

    private static Batch WithDataset(Batch batch, int dataset)
    {
        var index = new int[batch.Rows];
        Array.Fill(index, dataset);
        return batch.With(new Column<int>(CandidateColumns.Dataset, index));
    }
}
