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
        .. settings.Caps.IsWanted ? files.GroupBy(file => file.Dataset).Select(Capped) : [],
        .. files.Zip(Shards.Files).Select(pair => new Step
        {
            Stage = Name,
            Key = $"{pair.First.Dataset.Name}/{pair.First.Entry}",
            Reads =
            [
                new StepInput("tuple", pair.First.Shard), new StepInput("duplicates", Duplicates(pair.First)),
                .. settings.Caps.IsWanted ? new[] { new StepInput("caps", Caps(pair.First.Dataset).Limits) } : [],
            ],
            Writes = [.. pair.Second.Parts.Values],
            Settings = UsedFor(pair.First.Dataset).And(classes.Used).And(settings.Caps.Used),
            Tools = [.. Expression.ToolsOf(settings.Expressions), .. TupleShardWriter.Tools],
            CountsRows = true,
            Work = run => Split(run, pair.First, pair.Second),
        }),
        ComponentsStep,
        .. settings.ChunkRows is { } rows ? Chunked(rows) : [],
    ];

    private Step Capped(IGrouping<Dataset, IngestedFile> of) => new()
    {
        Stage = Name,
        Key = $"{of.Key.Name}/caps",
        Reads =
        [
            .. of.Select(file => new StepInput("tuple", file.Shard, Caps(of.Key).Columns)),
            .. of.Select(file => new StepInput("duplicates", Duplicates(file))),
        ],
        Writes = [Caps(of.Key).Limits],
        Settings = UsedFor(of.Key).And(settings.Caps.Used),
        Tools = [.. Expression.ToolsOf(settings.Expressions)],
        Work = run => Caps(of.Key).Find(run, [.. of.Select(file => (file.Shard, Duplicates(file)))], () => PlacesOf(run, of.Key)),
    };

    private CapStep Caps(Dataset dataset) => new(dataset, settings.Caps, settings.Expressions);

    private Step ComponentsStep
    {
        get
        {
            var components = new SplitComponents(Shards, settings, classes.Scheme);
            return new Step
            {
                Stage = Name,
                Key = "components",
                Reads = components.Reads,
                Writes = [SplitComponents.File],
                Settings = classes.Used.And("split.regions", settings.Regions.Select(region => region.Name)),
                Work = components.Write,
            };
        }
    }

    private IEnumerable<Step> Chunked(int rows) =>
        from part in settings.Parts
        from shards in Shards.Part(part).GroupBy(shard => shard.Dataset)
        let folder = SplitChunks.Of(part, shards.Key.Name)
        select new Step
        {
            Stage = Name,
            Key = $"{part}/{shards.Key.Name}/chunks",
            Reads = [.. shards.Select(shard => new StepInput("tuple", shard.Shard))],
            Writes = [folder],
            Settings = SettingsUsed.None.And("split.chunk_rows", SettingsUsed.Canonical(rows)),
            Tools = TupleShardWriter.Tools,
            Work = run => SplitChunks.Write(run, [.. shards], (part, folder, rows)),
        };

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

    private SplitPlaces PlacesOf(StepRun run, Dataset dataset)
    {
        SplitRule? rule = settings.Rules is null ? settings.RuleFor(UsesOf(dataset), run.Seed("events")) : null;
        return new SplitPlaces(settings, dataset, (rule?.Names ?? settings.Parts, rule));
    }

    private void Split(StepRun run, IngestedFile file, SplitFile parts)
    {
        using TupleShardReader reader = run.Stream<TupleShardReader>(file.Shard);
        HashSet<long> duplicates = [.. run.Read(Duplicates(file)).Rows];
        SplitPlaces places = PlacesOf(run, file.Dataset);
        TupleShardWriter?[] writers =
        [
            .. places.Names.Select(part => parts.Parts.TryGetValue(part, out Artifact? shard) ? run.Create<TupleShardWriter>(shard) : null),
        ];
        try
        {
            var sender = new SplitSender(places, classes.Scheme, writers)
            {
                Caps = settings.Caps.IsWanted ? settings.Caps.Of(run, Caps(file.Dataset).Limits) : SplitSender.NoCaps,
            };
            foreach ((string part, TupleShardWriter? writer) in places.Names.Zip(writers))
                writer?.Begin(
                    sender.Written(reader.Schema),
                    new Dictionary<string, string> { ["dataset"] = file.Dataset.Name, ["origin"] = file.Raw.Path, ["part"] = part });
            long first = 0;
            foreach (Batch batch in reader.Batches())
            {
                run.Cancellation.ThrowIfCancellationRequested();
                sender.Send(batch, first, duplicates, run.Rows);
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
