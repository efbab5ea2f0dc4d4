using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;

namespace TauPipeline.Stages;

/// <summary>
/// Mixed rows, and test rows as they are, as HDF5 files of records for training elsewhere (salt), with mean and spread of the inputs and
/// class weights: the merged output and <c>norm</c> of umami-preprocessing. Files are planned in rows: none is lost.
/// </summary>
public sealed class TrainingFilesStage(TrainingFilesSources sources, TrainingFilesSettings settings) : IStage
{
    /// <inheritdoc/>
    public string Name => "TrainingFiles";

    /// <inheritdoc/>
    public string Summary => "HDF5 files of records for training elsewhere, norm_dict.yaml, class_dict.yaml";

    /// <summary>The folder of files of one sample: <c>train</c>, <c>val</c>, <c>test</c>.</summary>
    public static Artifact Files(Training training, string sample) => Artifact.Folder(training.Path("training_files", sample));

    /// <summary>Mean and spread of the inputs.</summary>
    public static Artifact<TextFile> Norm(Training training) => new(training.Path("training_files", "norm_dict.yaml"));

    /// <summary>Weights of the classes.</summary>
    public static Artifact<TextFile> Classes(Training training) => new(training.Path("training_files", "class_dict.yaml"));

    /// <inheritdoc/>
    public IReadOnlyList<Step> Steps() =>
    [
        .. from training in sources.Parts.Trainings
           from sample in sources.Of(training)
           select new Step
           {
               Stage = Name,
               Key = training.Key(sample.Name),
               Reads = [.. sample.Shards.Select(shard => new StepInput("rows", shard))],
               Writes = [Files(training, sample.Name)],
               Settings = settings.Used.And("classes", sources.ClassNames),
               Tools = RecordsFile.Tools,
               Work = run => Write(run, sample.Name, sample.Shards, Files(training, sample.Name)),
           },
        .. sources.Parts.Trainings.Select(training => new Step
        {
            Stage = Name,
            Key = training.Key("norm"),
            Reads =
            [
                .. sources.Mixed.Of(training, SplitSettings.Train)
                    .Select(shard => new StepInput(SplitSettings.Train, shard, [.. settings.NormColumns])),
            ],
            Writes = [Norm(training), Classes(training)],
            Settings = settings.Used,
            Work = run =>
            {
                var norm = new TrainingNorm(settings.Tables);
                foreach (Batch rows in new ShardSequence(run, sources.Mixed.Of(training, SplitSettings.Train)).Batches()) norm.Add(rows);
                run.Write(Norm(training), new TextFile(norm.Norm()));
                run.Write(Classes(training), new TextFile(norm.Classes()));
            },
        }),
    ];

    private void Write(StepRun run, string sample, IReadOnlyList<Artifact> shards, Artifact to)
    {
        var rows = new ShardSequence(run, shards);
        using FolderWriter folder = run.Create<FolderWriter>(to);
        var writer = new TrainingFileWriter(folder, (sample, rows.Rows), settings.RowsPerFile, (sources.ClassNames, sources.Method));
        IReadOnlyList<RecordTable>? tables = null;
        foreach (Batch batch in rows.Batches())
        {
            tables ??= settings.Records(batch.Schema, Slots(rows));
            run.Cancellation.ThrowIfCancellationRequested();
            writer.Append(batch, tables);
        }
        writer.Complete();
        if (writer.Cut > 0)
            run.Progress.Report(new Progress(1, 1, "files", Warning: StageErrors.NoSlots(sample, writer.Cut)));
    }

    // As many as the fullest row has.
    private Dictionary<string, int> Slots(ShardSequence rows)
    {
        var slots = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (TrainingTable table in settings.Tables.Where(table => !table.IsRows))
        {
            slots[table.Name] = 0;
            if (table.Slots is not null) continue;
            foreach (Batch batch in rows.Batches([table.Columns.First()]))
                slots[table.Name] = Math.Max(slots[table.Name], RowColumn.Longest(batch[table.Columns.First()]));
        }
        return slots;
    }
}

/// <summary>Whose rows go into files.</summary>
/// <param name="Parts">The parts of the split.</param>
/// <param name="Split">The shards of each, for those that are not mixed.</param>
/// <param name="Mixed">The mixed shards.</param>
/// <param name="ClassNames">The names of the classes, in the order of their numbers.</param>
/// <param name="Method">What umami-preprocessing calls the way of mixing.</param>
public sealed record TrainingFilesSources(
    SplitSettings Parts, SplitShards Split, MixedShards Mixed, IReadOnlyList<string> ClassNames, string Method)
{
    // As umami-preprocessing calls them.
    private static readonly Dictionary<string, string> Names = new() { [SplitSettings.Validation] = "val" };

    /// <summary>The samples of a training: mixed ones, and those that scores are given for.</summary>
    public IEnumerable<(string Name, IReadOnlyList<Artifact> Shards)> Of(Training training) =>
        training.Samples.Select(sample => (Names.GetValueOrDefault(sample.Name, sample.Name), Mixed.Of(training, sample.Name)))
            .Concat(training.Apply.Select(part => (part, (IReadOnlyList<Artifact>)[.. Split.Part(part).Select(shard => shard.Shard)])));
}
