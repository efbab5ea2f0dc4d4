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
    // A block is read with whole chunks unpacked: blocks of a few rows would unpack each chunk again and again.
    private const int LeastBlock = 1000;
    private const string LeftOver = "left over when mixing ended";

    private readonly StepRun _run;
    private readonly IReadOnlyList<MixSource> _sources;
    private readonly (int Number, int Count) _job;
    private readonly ClassScheme _classes;
    private readonly int _blockRows;
    private readonly IEnumerator<MixCandidate>[] _candidates;
    private readonly Dictionary<(string Dataset, TauClass Type), (int FirstReader, int[] By)> _wanted = [];
    private long _held;

    public MixRows(StepRun run, IReadOnlyList<MixSource> sources, (int Number, int Count) job, ClassScheme classes, int blockRows)
    {
        (_run, _sources, _job, _classes, _blockRows) = (run, sources, job, classes, blockRows);
        _candidates = [.. sources.Select((_, group) => Of(group).GetEnumerator())];
        using TupleShardReader first = run.Stream<TupleShardReader>(sources.SelectMany(source => source.Shards).First().Shard);
        Schema = new Schema(first.Schema.Columns.Append(new ColumnSpec(CandidateColumns.Dataset, ColumnType.Int32)));
        Accounts = new MixAccounts([.. sources.Select(source => source.Group.Name)]);
    }

    /// <summary>What becomes of each row.</summary>
    public MixAccounts Accounts { get; }

    /// <summary>The columns of all shards, and which dataset a row is from, by place and, on request, by the number of its name.</summary>
    public Schema Schema { get; private set; }

    /// <summary>Gives rows the numbers of the names of their dataset and group.</summary>
    public bool NameIds
    {
        get => field;
        init
        {
            field = value;
            if (value)
                Schema = new Schema(Schema.Columns
                    .Where(column => column.Name is not (CandidateColumns.DatasetId or CandidateColumns.GroupId))
                    .Append(new(CandidateColumns.DatasetId, ColumnType.UInt64)).Append(new(CandidateColumns.GroupId, ColumnType.UInt64)));
        }
    }

    /// <summary>The spectrum of one group's rows in this job, of the types that it delivers.</summary>
    public Spectrum Count(int group, Spectrum like)
    {
        var counted = new Spectrum(like.Classes, like.AbsEta, like.Pt);
        foreach (DatasetRows dataset in DatasetsOf(group)) dataset.Count(counted);
        return counted.Only(_sources[group].Group.Types);
    }

    /// <summary>The candidates of each group in reading order.</summary>
    public IReadOnlyList<IEnumerator<MixCandidate>> Candidates => _candidates;

    /// <summary>Reads on to the end, so that rows that mixing did not ask for are in the ledger too.</summary>
    public void CountUnused()
    {
        for (int group = 0; group < _candidates.Length; group++)
            while (_candidates[group].MoveNext())
            {
                MixCandidate left = _candidates[group].Current;
                _run.Rows.Dropped(LeftOver, left.Type.Name, 1, left.Weight);
                Accounts.Add(group, left.Type, LeftOver);
            }
    }

    public void Dispose()
    {
        foreach (IEnumerator<MixCandidate> candidates in _candidates) candidates.Dispose();
    }

    // Each dataset of a group is streamed block by block; which one gives the next row is drawn in proportion to the rows it
    // has left, so that a group's datasets are mixed evenly from first to last. They share the group's block in the same
    // proportion: a group takes no more memory when it has more datasets.
    private IEnumerable<MixCandidate> Of(int group)
    {
        string name = _sources[group].Group.Name;
        DatasetRows[] datasets = DatasetsOf(group);
        long[] left = [.. datasets.Select(dataset => dataset.Rows)];
        long total = left.Sum();
        ulong key = CounterRandom.Key(_run.Seed("datasets"), name, $"{_job.Number}");
        IEnumerator<MixCandidate>[] rows =
            [.. datasets.Select(dataset => dataset.Read(ShareOf(dataset.Rows, total), _classes, Hold).GetEnumerator())];
        try
        {
            for (long entry = 0; entry < total; entry++)
            {
                int from = Pick(left, total - entry, new CounterRandom(key, (ulong)entry).NextDouble());
                left[from]--;
                string dataset = datasets[from].Dataset.Name;
                if (!rows[from].MoveNext()) throw new Defect($"dataset '{dataset}' ended before its {datasets[from].Rows} rows");
                MixCandidate candidate = rows[from].Current with { Entry = entry };
                Accounts.Given(group);
                if (Counts(group, dataset, candidate)) yield return candidate;
                else Accounts.Add(group, candidate.Type, GroupMixer.Reason(MixDecision.TypeNotWanted));
            }
        }
        finally
        {
            foreach (IEnumerator<MixCandidate> open in rows) open.Dispose();
        }
    }

    private DatasetRows[] DatasetsOf(int group)
    {
        string name = _sources[group].Group.Name;
        DatasetRows[] datasets =
        [
            .. _sources[group].Shards.GroupBy(shard => shard.Dataset).Select(shards => new DatasetRows(_run, [.. shards], name, _job)
            {
                Ids = NameIds
                    ? [(CandidateColumns.DatasetId, NameHash.Of(shards.Key.Name)), (CandidateColumns.GroupId, NameHash.Of(name))]
                    : [],
            }),
        ];
        long total = datasets.Sum(dataset => dataset.Total);
        return total >= _job.Count || total == 0
            ? datasets
            : throw StageErrors.MoreShardsThanRows(_job.Count, total, "shuffle_merge", name);
    }

    private int ShareOf(long rows, long total) => (int)Math.Max(Math.Min(LeastBlock, _blockRows), _blockRows * rows / Math.Max(1, total));

    private void Hold(long bytes)
    {
        _held += bytes;
        if (_held > _run.Memory / 2) throw StageErrors.BlocksTooLarge(_held, _run.Memory);
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
    private bool Counts(int group, string dataset, in MixCandidate candidate)
    {
        TauClass type = candidate.Type;
        if (!_wanted.TryGetValue((dataset, type), out (int FirstReader, int[] By) wanted))
            _wanted[(dataset, type)] = wanted = WantedBy(dataset, type);
        int[] wanting = wanted.By;
        if (group == (wanting.Length > 0 ? wanting[0] : wanted.FirstReader)) _run.Rows.In(type.Name, 1, candidate.Weight);
        else if (wanting.Contains(group)) _run.Rows.Repeated("wanted by more than one group", type.Name, 1, candidate.Weight);
        if (wanting.Length == 0 && group == wanted.FirstReader)
            _run.Rows.Dropped("type not wanted by any group", type.Name, 1, candidate.Weight);
        return wanting.Contains(group);
    }

    private (int FirstReader, int[] By) WantedBy(string dataset, TauClass type)
    {
        int[] readers = [.. Enumerable.Range(0, _sources.Count).Where(group => _sources[group].Group.Datasets.Contains(dataset))];
        return (readers[0], [.. readers.Where(group => _sources[group].Group.Types.Contains(type))]);
    }
}
