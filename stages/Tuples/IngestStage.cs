using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Expressions;
using TauPipeline.Formats;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>Raw tuples to tuple shards of ours: candidates with their truth, derived columns, and where they come from.</summary>
public sealed class IngestStage(IReadOnlyList<Dataset> datasets, IngestSettings settings) : IStage
{
    /// <inheritdoc/>
    public string Name => "Ingest";

    /// <inheritdoc/>
    public string Summary => "Tuple shards: candidates with truth, derived columns and origin";

    /// <summary>The raw files and their shards, dataset by dataset.</summary>
    public IReadOnlyList<IngestedFile> Files { get; } =
    [
        .. from dataset in datasets
           from entry in dataset.Generated is null ? dataset.Inputs : GenerateStage.FilesOf(dataset)
           select new IngestedFile(dataset, entry.Entry, entry.File, Artifact.Product($"ingest/{dataset.Name}/{entry.Entry}.h5")),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<Step> Steps() =>
    [
        .. IsOfOneKind ? Array.Empty<Step>() : [new Step
        {
            Stage = Name,
            Key = "columns",
            Reads = [.. Files.Where(file => file.Dataset.Generated is null).Select(file => new StepInput("tuple", file.Raw))],
            Writes = [Columns],
            Settings = settings.Used,
            Work = run => run.Write(Columns, ColumnsFile.Of(new CampaignColumns(settings, Files).Find(run))),
        }],
        .. Files.Select(file => new Step
        {
            Stage = Name,
            Key = $"{file.Dataset.Name}/{file.Entry}",
            Reads =
            [
                new StepInput("tuple", file.Raw),
                .. IsOfOneKind ? Array.Empty<StepInput>() : [new StepInput("columns", Columns)],
                .. file.Dataset.Certified.Select(mask => new StepInput("certified", mask.File)),
                .. settings.PileUp.Inputs,
            ],
            Writes = [file.Shard, file.Events],
            Settings = settings.Used,
            Tools = [.. Expression.ToolsOf(settings.Expressions), .. TupleShardWriter.Tools],
            Needs = new Resources { Cpu = settings.Threads },
            CountsRows = true,
            Work = run => Ingest(run, file),
        }),
    ];

    // What every shard of the campaign has; a column that some files lack, or have in another type, is of one type there.
    private static Artifact<ColumnsFile> Columns { get; } = new("ingest/columns.json");

    // Generated files of one layout all have its columns, and wait for no other.
    private bool IsOfOneKind => datasets.Select(dataset => dataset.Generated?.Layout).Distinct().ToArray() is [not null];

    private static LuminosityMask? CertifiedOf(StepRun run, Dataset dataset) => dataset.Certified.Count == 0 ? null :
        new LuminosityMask(dataset.Certified.SelectMany(mask =>
        {
            using LuminosityMaskFile file = run.Stream<LuminosityMaskFile>(mask.File);
            return file.Ranges;
        }));

    private void Ingest(StepRun run, IngestedFile file)
    {
        using RawFile raw = run.Stream<RawFile>(file.Raw);
        if (raw.Warning is { } warning) run.Progress.Report(new Progress(0, 1, "files", Warning: warning));
        IRawTable table = raw.Table(settings.Layout.Table);
        RawTypes.Check(table, settings);
        if (file.Dataset.Certified.Count > 0) RawTypes.CheckSections(table, settings.Layout);
        CandidateMaker maker = settings.MakerFor(
            table.Name, table.Schema, file.Raw.Path, IsOfOneKind ? null : run.Read(Columns).Schema(), CertifiedOf(run, file.Dataset),
            settings.PileUp.Columns.ToDictionary(one => one.Column.Name, one => one.Weights(run), StringComparer.Ordinal));
        using TupleShardWriter shard = run.Create<TupleShardWriter>(file.Shard);
        shard.Begin(maker.Schema, new Dictionary<string, string>
        {
            ["dataset"] = file.Dataset.Name,
            ["origin"] = file.Raw.Path,
            ["missing_columns"] = string.Join(", ", maker.Missing),
        });

        long entries = Math.Min(table.Rows, settings.EntryLimit ?? table.Rows), first = 0;
        var seen = new EventTally(settings.Layout);
        var what = new RawSelection(maker.Reads)
        {
            End = entries,
            BatchRows = table.CachedRows,
            ReuseMemory = true,
            Threads = settings.Threads,
        };
        foreach (Batch batch in table.Read(what, run.Cancellation))
        {
            Batch typed = maker.Entries(batch, first);
            seen.Add(typed);
            shard.Append(maker.Make(typed, first, run.Rows));
            first += batch.Rows;
            run.Progress.Report(new Progress(first, entries, "entries"));
        }
        shard.Complete();
        run.Write(file.Events, FileEvents.Of(raw, settings.Layout, seen, table.Rows == 0 ? 1 : (double)entries / table.Rows));
    }
}

/// <summary>A raw file, the shard made of it, and beside it the events that were generated for the file.</summary>
public sealed record IngestedFile(Dataset Dataset, string Entry, Artifact Raw, Artifact Shard)
{
    /// <summary>How many events were generated, and the sum of their weights.</summary>
    public Artifact<GeneratedEvents> Events { get; } = new(System.IO.Path.ChangeExtension(Shard.Path, ".events.json"));
}
