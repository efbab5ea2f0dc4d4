using TauPipeline.BuildGraph;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Learning;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// Trains the campaign's network on the mixed rows by its loss and optimiser, with early stopping; goes on from its checkpoint after a
/// crash.
/// </summary>
public sealed class TrainStage(MixedShards mixed, SplitSettings parts, FeatureSettings features, TrainSettings settings) : IStage
{
    /// <inheritdoc/>
    public string Name => "Train";

    /// <inheritdoc/>
    public string Summary => "The network, from train rows; validation rows end the training";

    /// <summary>The trained network, of a point of a sweep or the campaign's.</summary>
    public static Artifact<ModelFile> Model(Training training, string point = "") => new(training.Path(Folder(point), "model.zip"));

    /// <summary>Losses by epoch.</summary>
    public static Artifact<HistoryFile> History(Training training, string point = "") => new(training.Path(Folder(point), "history.json"));

    /// <summary>
    /// The epochs kept by <c>checkpoints:</c>, a folder, since a training that no longer gains ends before its last epoch.
    /// </summary>
    public static Artifact Checkpoints(Training training, string point = "") =>
        Artifact.Folder(training.Path(Folder(point), "checkpoints"));

    private IEnumerable<string> FeatureColumns => features.ColumnsFor(settings.Network.Takes).Distinct(StringComparer.Ordinal);

    private string[] Columns =>
    [
        .. FeatureColumns.Append(CandidateColumns.Type).Concat(settings.Heads.SelectMany(head => head.Truth.Columns))
            .Distinct(StringComparer.Ordinal),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<Step> Steps() => settings.Points.Count == 0
        ? OwnSteps()
        : [.. settings.Points.SelectMany(point => new TrainStage(mixed, parts, features, point).OwnSteps())];

    private static string Folder(string point) => point.Length == 0 ? "train" : $"sweep/{point}";

    private IReadOnlyList<Step> OwnSteps()
    {
        Shape(); // what is no network is told before anything runs
        return
        [
            .. parts.Trainings.Select(training => new Step
            {
                Stage = Name,
                Key = settings.Point.Length == 0 ? training.Name : training.Key(settings.Point),
                Reads =
                [
                    new StepInput("yields", mixed.Yields(training)),
                    new StepInput("scaling", ScaleStage.Scaling(training)),
                    .. settings.Start is { } start ? new[] { new StepInput("start", start.File) } : [],
                    .. training.Samples.SelectMany(sample => mixed.Of(training, sample.Name)
                        .Select(shard => new StepInput(sample.Name, shard, Columns))
                        .Append(new StepInput($"{sample.Name} weights", WeightsStage.Rows(training, sample.Name), [CandidateColumns.Weight]))),
                    .. settings.Plan.Adaptation is null ? [] : training.Samples.Select(sample => new StepInput(
                        $"control {sample.Name}",
                        ControlStage.Rows(training, sample.Name),
                        [.. FeatureColumns, ControlColumns.Domain, ControlColumns.Weight])),
                ],
                Writes =
                [
                    Model(training, settings.Point), History(training, settings.Point),
                    .. settings.Checkpoints > 0 ? new[] { Checkpoints(training, settings.Point) } : [],
                ],
                Settings = settings.Used.And(features.UsedFor(settings.Network.Takes)),
                Tools = [.. Numerics.Tools, .. MathLibrary.Tools],
                Environment = Numerics.Environment(settings.Plan.Numeric, settings.Plan.Threads),
                Needs = new Resources { Cpu = settings.Plan.Threads, Memory = settings.Memory },
                Isolated = true,
                Work = run => Train(run, training),
            }),
        ];
    }

    private NetworkShape Shape() => settings.ShapeFor(CandidateInputs.ShapesOf(features));

    private void Train(StepRun run, Training training)
    {
        FeatureScaling scaling = run.Read(ScaleStage.Scaling(training)).Scaling;
        NetworkShape shape = Shape();
        ShardSource train = Source(SplitSettings.Train), validation = Source(SplitSettings.Validation);
        // Yields are what mixing is expected to give; of so few rows that it matters, chance may leave none.
        string? lacking = run.Read(mixed.Yields(training)).NoTraining
            ?? (
                train.Rows == 0 ? "no row is left to train on"
                : validation.Rows == 0 ? "no validation row is left to end the training by"
                : null);
        (TrainedModel model, TrainingHistory history) = lacking is null
            ? Fit(run, shape, (train, validation), settings.Plan.Adaptation is null ? null : new(
                Control(SplitSettings.Train).Endless, Control(SplitSettings.Validation).Once))
            : (TrainedModel.WithoutTraining(shape, lacking).With(Texts), new TrainingHistory([]));
        run.Write(Model(training, settings.Point), new ModelFile(model));
        run.Write(History(training, settings.Point), new HistoryFile(history));
        if (settings.Checkpoints > 0) WriteCheckpoints(run, training, model);

        ShardSource Source(string sample) => new(
            run, (mixed.Of(training, sample), WeightsStage.Rows(training, sample)), (features, scaling), shape.Inputs, settings);

        ControlBatches Control(string sample) => new(
            run, ControlStage.Rows(training, sample), (features, scaling), shape.Inputs, settings.LoaderThreads);
    }

    private Dictionary<string, string> Texts => new()
    {
        ["features"] = string.Join(",", features.Inputs.Select(feature => feature.Name)),
        ["classes"] = string.Join(",", settings.Classes.Trained.Select(one => one.Name)),
    };

    // They stood in scratch, where a killed training finds them again.
    private void WriteCheckpoints(StepRun run, Training training, TrainedModel model)
    {
        using FolderWriter folder = run.Create<FolderWriter>(Checkpoints(training, settings.Point));
        if (model.Untrained is not null)
        {
            using FileStream none = File.Create(folder.File(EpochCheckpoint.FileOf(0)));
            model.Save(none);
            return;
        }
        foreach (string file in Directory.EnumerateFiles(run.Scratch))
            if (EpochCheckpoint.EpochOf(Path.GetFileName(file)) is not null) File.Copy(file, folder.File(Path.GetFileName(file)));
    }

    private (TrainedModel Model, TrainingHistory History) Fit(
        StepRun run,
        NetworkShape shape,
        (ShardSource Train, ShardSource Validation) rows,
        ControlRegion? control) =>
        Trainer.Fit(
        shape, rows.Train, rows.Validation, settings.Plan with { Seed = run.Seed("network"), Start = settings.Start?.Read(run, Texts) },
        new TrainingPlace(run.Scratch)
        {
            IsCheckpointDue = new NowAndThen(settings.BetweenCheckpoints).IsDue,
            Progress = at => run.Progress.Report(new Progress(
                (at.Epoch - 1) * at.OfRows + at.Rows,
                at.Epochs * at.OfRows,
                "rows",
                $"epoch {at.Epoch}, loss {at.Loss:0.0000}"
                + (at.Adversary is { } told ? $", adversary {told.Loss:0.0000}, right {told.Accuracy:P0}" : ""))),
            Cancellation = run.Cancellation,
            Started = layers => run.Progress.Report(
                new Progress(0, 0, "rows", Warning: StageErrors.StartedFrom(settings.Start!.File.Path, layers))),
            Note = run.Journal.Note,
            KeepEvery = settings.Checkpoints,
            Texts = Texts,
        },
        control);
}
