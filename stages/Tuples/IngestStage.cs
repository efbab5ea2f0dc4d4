using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;

namespace TauPipeline.Stages;

/// <summary>Raw tuples to tuple shards of ours: candidates with their truth, derived columns, and where they come from.</summary>
public sealed class IngestStage(IReadOnlyList<Dataset> datasets, IngestSettings settings) : IStage
{
    // So few that what is worked out of their constituents stays in the processor's cache.
    private const int BatchRows = 256;

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
        .. Files.Select(file => new Step
        {
            Stage = Name,
            Key = $"{file.Dataset.Name}/{file.Entry}",
            Reads = [new StepInput("tuple", file.Raw)],
            Writes = [file.Shard],
            Settings = settings.Used,
            CountsRows = true,
            Work = run => Ingest(run, file),
        }),
    ];

    private void Ingest(StepRun run, IngestedFile file)
    {
        using RawFile raw = run.Stream<RawFile>(file.Raw);
        if (raw.Warning is { } warning) run.Progress.Report(new Progress(0, 1, "files", Warning: warning));
        IRawTable table = raw.Table(settings.Layout.Table);
        RawTypes.Check(table, settings);
        CandidateMaker maker = settings.MakerFor(table.Name, table.Schema);
        using TupleShardWriter shard = run.Create<TupleShardWriter>(file.Shard);
        shard.Begin(maker.Schema, new Dictionary<string, string>
        {
            ["dataset"] = file.Dataset.Name,
            ["origin"] = file.Raw.Path,
            ["missing_columns"] = string.Join(", ", maker.Missing),
        });

        long entries = Math.Min(table.Rows, settings.EntryLimit ?? table.Rows), first = 0;
        foreach (Batch batch in table.Read(new RawSelection(maker.Reads) { End = entries, BatchRows = BatchRows }, run.Cancellation))
        {
            shard.Append(maker.Make(batch, first, run.Rows));
            first += batch.Rows;
            run.Progress.Report(new Progress(first, entries, "entries"));
        }
        shard.Complete();
    }
}

/// <summary>A raw file and the shard made of it.</summary>
public sealed record IngestedFile(Dataset Dataset, string Entry, Artifact Raw, Artifact Shard);
