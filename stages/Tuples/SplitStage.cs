using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Expressions;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// Sends whole events to the parts of the split by a hash of (run, lumi, event), the same in all datasets that hold the same
/// events, or by the campaign's rules, and leaves out candidates that a dataset has more than once. One step sees that no two
/// datasets hold the same file, one step a dataset finds the duplicates, one step a shard splits.
/// </summary>
public sealed class SplitStage(IReadOnlyList<IngestedFile> files, SplitSettings settings, ClassSettings classes) : IStage
{
    private readonly ILookup<string, DatasetUse> _uses = files.Select(file => file.Dataset)
        .DistinctBy(dataset => dataset.Index)
        .ToLookup(dataset => dataset.Numbering, dataset => dataset.Use);

    /// <inheritdoc/>
    public string Name => "Split";

    /// <inheritdoc/>
    public string Summary => "Events to train, validation, calibration and test (or folds), duplicates left out";

    /// <summary>The split shards of each ingested file.</summary>
    public SplitShards Shards { get; } = new(
    [
        .. files.Select(file => new SplitFile(file.Dataset, file.Entry,
            settings.PartsOf(file.Dataset.Use)
                .ToDictionary(
                    part => part,
                    part => Artifact.Product($"split/{part}/{file.Dataset.Name}/{file.Entry}.h5"),
                    StringComparer.Ordinal))),
    ]);

    // That no two datasets hold the same file: always the same bytes, so that a new file makes no other one stale.
    private static Artifact<PassedFile> Contents { get; } = new("split/contents.json");

    /// <inheritdoc/>
    public IReadOnlyList<Step> Steps() =>
    [
        new Step
        {
            Stage = Name,
            Key = "contents",
            Reads =
            [
                .. files.Select(file => new StepInput("raw", file.Raw)),
                .. files.Select(file => new StepInput("tuple", file.Shard, CandidateColumns.Run)),
            ],
            Writes = [Contents],
            Settings = SettingsUsed.None,
            Work = CompareContents,
        },
        .. files.GroupBy(file => file.Dataset).Select(group => new Step
        {
            Stage = Name,
            Key = $"{group.Key.Name}/duplicates",
            Reads =
            [
                .. group.Select(file => new StepInput("tuple", file.Shard, [.. CandidateColumns.Identity, .. CandidateColumns.Kinematics])),
                new StepInput("contents", Contents),
            ],
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
            Settings = UsedFor(pair.First.Dataset).And(classes.Used),
            Tools = [.. Expression.ToolsOf(settings.Expressions), .. TupleShardWriter.Tools],
            CountsRows = true,
            Work = run => Split(run, pair.First, pair.Second),
        }),
    ];

    // Where a dataset shares its events with one of another use, its own parts do not say where they go.
    private SettingsUsed UsedFor(Dataset dataset) =>
        settings.PartsOf(UsesOf(dataset)) is var shared && shared.Count == settings.PartsOf(dataset.Use).Count
        ? settings.Used : settings.Used.And("datasets.same_events", shared);

    private IEnumerable<DatasetUse> UsesOf(Dataset dataset) => _uses[dataset.Numbering];

    private void CompareContents(StepRun run)
    {
        var known = new Dictionary<ContentHash, IngestedFile>();
        foreach (IngestedFile file in files)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            using FileContent content = run.Stream<FileContent>(file.Raw);
            if (known.TryAdd(content.Hash, file)) continue;
            IngestedFile other = known[content.Hash];
            if (other.Dataset.Index == file.Dataset.Index) continue;
            // What holds no candidate is equal by chance, and can leak none.
            using TupleShardReader candidates = run.Stream<TupleShardReader>(file.Shard);
            if (candidates.Rows > 0) throw StageErrors.SameContent(other, file, content.Hash);
        }
        run.Write(Contents, new PassedFile());
    }

    private static Artifact<RowList> Duplicates(IngestedFile file) => new($"split/duplicates/{file.Dataset.Name}/{file.Entry}.json");

    // Rows are told apart by a hash of their identity, looked at in as many passes over ranges of the hash as memory asks for.
    private static void FindDuplicates(StepRun run, IReadOnlyList<IngestedFile> files)
    {
        var finder = new DuplicateFinder(run.Memory / 16); // 1.4 million rows a pass at 512 MiB
        IEnumerable<ShardSequence> shards = files.Select(file => new ShardSequence(run, [file.Shard]));
        IReadOnlyList<long>[] repeated = finder.Find(
            [.. shards.Select(shard => (shard.Rows, (Func<IEnumerable<Batch>>)(() => shard.Batches())))],
            run.Cancellation);
        for (int i = 0; i < files.Count; i++) run.Write(Duplicates(files[i]), new RowList(repeated[i]));
    }

    private void Split(StepRun run, IngestedFile file, SplitFile parts)
    {
        using TupleShardReader reader = run.Stream<TupleShardReader>(file.Shard);
        HashSet<long> duplicates = [.. run.Read(Duplicates(file)).Rows];
        SplitRule? rule = settings.Rules is null ? settings.RuleFor(UsesOf(file.Dataset), run.Seed("events")) : null;
        IReadOnlyList<string> names = rule?.Names ?? settings.Parts;
        var sender = new SplitSender(settings, classes.Scheme, file.Dataset, (names, rule));
        var writers = new List<TupleShardWriter?>();
        try
        {
            foreach (string part in names)
            {
                writers.Add(parts.Parts.TryGetValue(part, out Artifact? shard) ? run.Create<TupleShardWriter>(shard) : null);
                writers[^1]
                    ?.Begin(
                        sender.Written(reader.Schema),
                        new Dictionary<string, string>
                        {
                            ["dataset"] = file.Dataset.Name,
                            ["origin"] = file.Raw.Path,
                            ["part"] = part,
                        });
            }
            long first = 0;
            foreach (Batch batch in reader.Batches())
            {
                run.Cancellation.ThrowIfCancellationRequested();
                sender.Send(batch, first, duplicates, writers, run.Rows);
                first += batch.Rows;
            }
            foreach (TupleShardWriter? writer in writers) writer?.Complete();
        }
        finally
        {
            foreach (TupleShardWriter? writer in writers) writer?.Dispose();
        }
    }
}

/// <summary>Shards by part of the split: the rows that Split sent there, or the scores that Apply gave them.</summary>
public sealed record SplitShards(IReadOnlyList<SplitFile> Files)
{
    /// <summary>The shards of one part.</summary>
    public IReadOnlyList<PartShard> Part(string part) =>
        [.. Files.Where(file => file.Parts.ContainsKey(part)).Select(file => new PartShard(file.Dataset, file.Entry, file.Parts[part]))];
}

/// <summary>The shards that one raw file became, by part.</summary>
public sealed record SplitFile(Dataset Dataset, string Entry, IReadOnlyDictionary<string, Artifact> Parts);

/// <summary>A shard of one part.</summary>
public sealed record PartShard(Dataset Dataset, string Entry, Artifact Shard);
