using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// Sends whole events to the parts of the split by a hash of (run, lumi, event), and leaves out candidates that a
/// dataset has more than once. One step a dataset finds the duplicates, one step a shard splits.
/// </summary>
public sealed class SplitStage(IReadOnlyList<IngestedFile> files, SplitSettings settings, ClassSettings classes) : IStage
{
    /// <inheritdoc/>
    public string Name => "Split";

    /// <inheritdoc/>
    public string Summary => "Events to train, validation, calibration and test (or folds), duplicates left out";

    /// <summary>The split shards of each ingested file.</summary>
    public SplitShards Shards { get; } = new(
    [
        .. files.Select(file => new SplitFile(file.Dataset, file.Entry,
            settings.PartsOf(file.Dataset.Use).ToDictionary(part => part, part => Artifact.Product($"split/{part}/{file.Dataset.Name}/{file.Entry}.h5"), StringComparer.Ordinal))),
    ]);

    /// <inheritdoc/>
    public IReadOnlyList<Step> Steps() =>
    [
        .. files.GroupBy(file => file.Dataset).Select(group => new Step
        {
            Stage = Name,
            Key = $"{group.Key.Name}/duplicates",
            Reads = [.. group.Select(file => new StepInput("tuple", file.Shard, [.. CandidateColumns.Identity]))],
            Writes = [.. group.Select(Duplicates)],
            Settings = SettingsUsed.None,
            Work = run => FindDuplicates(run, [.. group]),
        }),
        .. files.Zip(Shards.Files).Select(pair => new Step
        {
            Stage = Name,
            Key = $"{pair.First.Dataset.Name}/{pair.First.Entry}",
            Reads = [new StepInput("tuple", pair.First.Shard), new StepInput("duplicates", Duplicates(pair.First))],
            Writes = [.. pair.Second.Parts.Values],
            Settings = settings.Used.And(classes.Used),
            CountsRows = true,
            Work = run => Split(run, pair.First, pair.Second),
        }),
    ];

    private static Artifact<RowList> Duplicates(IngestedFile file) => new($"split/duplicates/{file.Dataset.Name}/{file.Entry}.json");

    // Rows are told apart by a 64-bit hash of their identity, looked at in as many passes over ranges of the hash as memory asks for.
    private static void FindDuplicates(StepRun run, IReadOnlyList<IngestedFile> files)
    {
        var finder = new DuplicateFinder(run.Memory);
        var readers = new List<TupleShardReader>();
        try
        {
            foreach (IngestedFile file in files) readers.Add(run.Stream<TupleShardReader>(file.Shard));
            IReadOnlyList<long>[] repeated = finder.Find([.. readers.Select(reader => (reader.Rows, (Func<IEnumerable<Batch>>)(() => reader.Batches())))], run.Cancellation);
            for (int i = 0; i < files.Count; i++) run.Write(Duplicates(files[i]), new RowList(repeated[i]));
        }
        finally
        {
            foreach (TupleShardReader reader in readers) reader.Dispose();
        }
    }

    private void Split(StepRun run, IngestedFile file, SplitFile parts)
    {
        using TupleShardReader reader = run.Stream<TupleShardReader>(file.Shard);
        HashSet<long> duplicates = [.. run.Read(Duplicates(file)).Rows];
        SplitRule rule = settings.RuleFor(file.Dataset.Use, run.Seed("events"));
        var writers = new List<TupleShardWriter>();
        try
        {
            foreach (string part in rule.Names)
            {
                TupleShardWriter writer = run.Create<TupleShardWriter>(parts.Parts[part]);
                writer.Begin(reader.Schema, new Dictionary<string, string> { ["dataset"] = file.Dataset.Name, ["origin"] = file.Raw.Path, ["part"] = part });
                writers.Add(writer);
            }
            long first = 0;
            foreach (Batch batch in reader.Batches())
            {
                run.Cancellation.ThrowIfCancellationRequested();
                Send(batch, first, rule, duplicates, writers, run.Rows);
                first += batch.Rows;
            }
            foreach (TupleShardWriter writer in writers) writer.Complete();
        }
        finally
        {
            foreach (TupleShardWriter writer in writers) writer.Dispose();
        }
    }

    private void Send(Batch batch, long first, SplitRule rule, HashSet<long> duplicates, List<TupleShardWriter> writers, RowLedger ledger)
    {
        ReadOnlySpan<uint> run = batch.Flat<uint>(CandidateColumns.Run), lumi = batch.Flat<uint>(CandidateColumns.Lumi);
        ReadOnlySpan<ulong> evt = batch.Flat<ulong>(CandidateColumns.Evt);
        ReadOnlySpan<int> type = batch.Flat<int>(CandidateColumns.Type);
        var rows = new List<int>[writers.Count];
        for (int part = 0; part < rows.Length; part++) rows[part] = [];
        for (int i = 0; i < batch.Rows; i++)
        {
            string @class = classes.Scheme.Of(type[i]).Name;
            ledger.In(@class, 1);
            if (duplicates.Contains(first + i)) ledger.Dropped("duplicate candidate", @class, 1);
            else
            {
                int part = rule.Of(run[i], lumi[i], evt[i]);
                rows[part].Add(i);
                ledger.Out(@class, 1, to: rule.Names[part]);
            }
        }
        for (int part = 0; part < rows.Length; part++)
            if (rows[part].Count > 0) writers[part].Append(batch.Take([.. rows[part]]));
    }
}

/// <summary>Shards by part of the split: the rows that Split sent there, or the scores that Apply gave them.</summary>
public sealed record SplitShards(IReadOnlyList<SplitFile> Files)
{
    /// <summary>The shards of one part.</summary>
    public IReadOnlyList<PartShard> Part(string part) => [.. Files.Where(file => file.Parts.ContainsKey(part)).Select(file => new PartShard(file.Dataset, file.Entry, file.Parts[part]))];
}

/// <summary>The shards that one raw file became, by part.</summary>
public sealed record SplitFile(Dataset Dataset, string Entry, IReadOnlyDictionary<string, Artifact> Parts);

/// <summary>A shard of one part.</summary>
public sealed record PartShard(Dataset Dataset, string Entry, Artifact Shard);
