using TauPipeline.BuildGraph;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Learning;

namespace TauPipeline.Stages;

/// <summary>
/// Chooses a point of a sweep by a stated rule, the same for all folds, and writes its model where those look who know of no sweep.
/// </summary>
public sealed class ChooseStage(SplitSettings parts, SweepSettings sweep) : IStage
{
    /// <inheritdoc/>
    public string Name => "Choose";

    /// <inheritdoc/>
    public string Summary => "The model of the best point of a sweep, and a table of all points";

    /// <summary>What was found.</summary>
    public static Artifact<SweepFile> Choice { get; } = new("sweep/choice.json");

    /// <summary>The same as a table.</summary>
    public static Artifact<TextFile> Table { get; } = new("sweep/results.csv");

    private bool KeepsEpochs => sweep.Points[0].Checkpoints > 0;

    /// <inheritdoc/>
    public IReadOnlyList<Step> Steps() =>
    [
        new Step
        {
            Stage = Name,
            Reads =
            [
                .. from training in parts.Trainings
                   from point in sweep.Points
                   from made in Made(training, point.Point)
                   select new StepInput(point.Point, made),
            ],
            Writes = [.. parts.Trainings.SelectMany(training => Made(training, "")), Choice, Table],
            // A model's own type knows how it is made; that counts, though the file is only copied here.
            Tools = MathLibrary.Tools,
            Settings = sweep.Used.And("sweep.points", sweep.Points.Select(point => point.Point)),
            Work = Choose,
        },
    ];

    private IEnumerable<Artifact> Made(Training training, string point) =>
    [
        TrainStage.Model(training, point), TrainStage.History(training, point),
        .. KeepsEpochs ? new[] { TrainStage.Checkpoints(training, point) } : [],
    ];

    private void Choose(StepRun run)
    {
        SweepPoint[] points = [.. sweep.Points.Select(point => Found(run, point.Point))];
        string chosen = points[SweepRules.Choose(sweep.Rule, [.. points.Select(point => point.Value)])].Name;
        var found = new SweepFile(SweepRules.Text(sweep.Rule), chosen, points);
        run.Write(Choice, found);
        run.Write(Table, new TextFile(SweepTables.Csv(found)));
        foreach (Training training in parts.Trainings)
        {
            CopyFile(run, TrainStage.Model(training, chosen), TrainStage.Model(training));
            CopyFile(run, TrainStage.History(training, chosen), TrainStage.History(training));
            if (KeepsEpochs) CopyFolder(run, TrainStage.Checkpoints(training, chosen), TrainStage.Checkpoints(training));
        }
    }

    private SweepPoint Found(StepRun run, string point)
    {
        TrainingHistory[] histories = [.. parts.Trainings.Select(training => run.Read(TrainStage.History(training, point)).History)];
        SweepTraining[] trainings = [.. parts.Trainings.Zip(histories, Found)];
        double? value = histories.Any(history => history.BestEpoch == 0) ? null
            : histories.Sum(history => SweepRules.Of(sweep.Rule, Best(history)!)) / histories.Length;
        return new SweepPoint(point, value, trainings);
    }

    private static SweepTraining Found(Training training, TrainingHistory history) => Best(history) is { } best
        ? new(training.Name, history.Epochs.Count, best.Epoch, best.TrainLoss, best.ValidationLoss, best.Accuracy)
        : new(training.Name, 0, 0, null, null, null);

    private static EpochRecord? Best(TrainingHistory history) =>
        history.Epochs.FirstOrDefault(epoch => epoch.Epoch == history.BestEpoch);

    // As they are: what is in a model is not looked into.
    private static void CopyFile(StepRun run, Artifact from, Artifact to)
    {
        using FilePlace source = run.Stream<FilePlace>(from), copy = run.Create<FilePlace>(to);
        File.Copy(source.Path, copy.Path);
    }

    private static void CopyFolder(StepRun run, Artifact from, Artifact to)
    {
        using FolderReader source = run.Stream<FolderReader>(from);
        using FolderWriter copy = run.Create<FolderWriter>(to);
        foreach (string file in source.Files) File.Copy(Path.Combine(source.Path, file), copy.File(file));
    }
}
