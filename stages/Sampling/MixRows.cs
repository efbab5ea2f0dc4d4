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
    private readonly ClassScheme _classes;
    private readonly IReadOnlyList<MixSource> _sources;
    private readonly int _job, _jobs, _blockRows;
    private readonly (Batch Batch, int Row)[] _current;
    private readonly IEnumerator<MixCandidate>[] _candidates;
    private readonly Dictionary<(string Dataset, TauClass Type), (int FirstReader, int[] By)> _wanted = [];

    public MixRows(StepRun run, ClassScheme classes, IReadOnlyList<MixSource> sources, int job, int jobs, int blockRows)
    {
        _classes = classes;
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
            while (candidates.MoveNext()) ledger.Dropped("left over when mixing ended", candidates.Current.Type.Name, 1);
    }

    public void Dispose()
    {
        foreach (IEnumerator<MixCandidate> candidates in _candidates) candidates.Dispose();
    }

    // Each dataset of a group is streamed block by block; which one gives the next row is drawn in proportion to the rows it
    // has left, so that a group's datasets are mixed evenly from first to last.
    private IEnumerable<MixCandidate> Of(int group)
    {
        DatasetRows[] datasets = [.. _sources[group].Shards.GroupBy(shard => shard.Dataset).Select(shards => new DatasetRows(_run, [.. shards], _sources[group].Group.Name, (_job, _jobs), _blockRows))];
        long[] left = [.. datasets.Select(dataset => dataset.Rows)];
        ulong key = CounterRandom.Key(_run.Seed("datasets"), _sources[group].Group.Name, $"{_job}");
        IEnumerator<(Batch Batch, int Row)>[] rows = [.. datasets.Select(dataset => dataset.Read().GetEnumerator())];
        try
        {
            long total = left.Sum();
            for (long entry = 0; entry < total; entry++)
            {
                int from = Pick(left, total - entry, new CounterRandom(key, (ulong)entry).NextDouble());
                left[from]--;
                if (!rows[from].MoveNext()) throw new Defect($"dataset '{datasets[from].Name}' ended before its {datasets[from].Rows} rows");
                (Batch batch, int row) = _current[group] = rows[from].Current;
                TauClass type = _classes.Of(batch.Flat<int>(CandidateColumns.Type)[row]);
                if (!Counts(group, datasets[from].Name, type)) continue;
                yield return new MixCandidate(entry, type, Math.Abs(batch.Flat<float>(CandidateColumns.Eta)[row]), batch.Flat<float>(CandidateColumns.Pt)[row]);
            }
        }
        finally
        {
            foreach (IEnumerator<(Batch, int)> open in rows) open.Dispose();
        }
    }

    private static int Pick(long[] left, long total, double uniform)
    {
        long target = Math.Min((long)(uniform * total), total - 1);
        for (int i = 0; ; i++)
        {
            if (target < left[i]) return i;
            target -= left[i];
        }
    }

    // Whether this group wants the row; and its line in the ledger.
    private bool Counts(int group, string dataset, TauClass type)
    {
        if (!_wanted.TryGetValue((dataset, type), out (int FirstReader, int[] By) wanted)) _wanted[(dataset, type)] = wanted = WantedBy(dataset, type);
        int[] wanting = wanted.By;
        string @class = type.Name;
        if (wanting.Length == 0 && group == wanted.FirstReader)
        {
            _run.Rows.In(@class, 1);
            _run.Rows.Dropped("type not wanted by any group", @class, 1);
        }
        else if (wanting.Length > 0 && group == wanting[0]) _run.Rows.In(@class, 1);
        else if (wanting.Contains(group)) _run.Rows.Repeated("wanted by more than one group", @class, 1);
        return wanting.Contains(group);
    }

    private (int FirstReader, int[] By) WantedBy(string dataset, TauClass type)
    {
        int[] readers = [.. Enumerable.Range(0, _sources.Count).Where(group => _sources[group].Group.Datasets.Contains(dataset))];
        return (readers[0], [.. readers.Where(group => _sources[group].Group.Types.Contains(type))]);
    }
}
