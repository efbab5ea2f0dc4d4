using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;

namespace TauPipeline.Stages;

/// <summary>Raw ROOT tuples to tuple shards of ours: candidates with their truth, derived columns, and where they come from.</summary>
public sealed class IngestStage(IReadOnlyList<Dataset> datasets, IngestSettings settings) : IStage
{
    private const int BatchEntries = 4096;

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
        using RawTuple raw = run.Stream<RawTuple>(file.Raw);
        Schema inFile = raw.Schema(settings.Layout.Tree);
        BranchTypes.Check(raw, settings, inFile);
        CandidateMaker maker = settings.MakerFor(inFile);
        using TupleShardWriter shard = run.Create<TupleShardWriter>(file.Shard);
        shard.Begin(maker.Schema, new Dictionary<string, string>
        {
            ["dataset"] = file.Dataset.Name,
            ["origin"] = file.Raw.Path,
            ["missing_columns"] = string.Join(", ", maker.Missing),
        });

        long entries = raw.Entries(settings.Layout.Tree), first = 0;
        if (settings.EntryLimit is { } limit) entries = Math.Min(entries, limit);
        foreach (Batch batch in raw.Batches(settings.Layout.Tree, maker.Branches, entries, BatchEntries, run.Cancellation))
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
