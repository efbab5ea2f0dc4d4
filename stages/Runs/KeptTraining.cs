using TauPipeline.BuildGraph;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Learning;
using TauPipeline.RunStore;

namespace TauPipeline.Stages;

/// <summary>
/// A training of a campaign as a run for the run store, made of its step, its products and its journal. It is its step's fingerprint that
/// tells it from others: the same training is the same run, whoever repeats it.
/// </summary>
public static class KeptTraining
{
    /// <summary>First part of the names of an evaluation's numbers.</summary>
    public const string Evaluation = "evaluation";

    /// <summary>Name of the word that says which evaluation they are of.</summary>
    public const string EvaluationTag = "tau.evaluation";

    private const string Definitions = "definitions.";
    private const int HexDigits = 32;

    /// <summary>Whether a step is a training.</summary>
    public static bool IsTraining(Step step) => !IsChoice(step) && step.Writes.OfType<Artifact<HistoryFile>>().Any();

    /// <summary>Whether a step chooses among trainings.</summary>
    public static bool IsChoice(Step step) => step.Writes.Contains(ChooseStage.Choice);

    /// <summary>The names of the runs that it chose, of the campaign's.</summary>
    public static IReadOnlyList<string> Chosen(string campaign, string choice)
    {
        SweepFile found = SweepFile.Read(new ProductInput(choice));
        return
        [
            .. found.Points.First(point => point.Name == found.Chosen)
                .Trainings.Select(one => NameOf(campaign, one.Training.Length == 0 ? found.Chosen : $"{one.Training}/{found.Chosen}")),
        ];
    }

    /// <summary>Whether a step evaluates.</summary>
    public static bool IsEvaluation(Step step) => step.Writes.OfType<Artifact<PerformanceFile>>().Any();

    /// <summary>The run of a training, without its numbers: enough to look for it.</summary>
    public static StoredRun Named(string campaign, Step training, ContentHash fingerprint) => new()
    {
        Experiment = Experiment.Named(campaign),
        Id = fingerprint.ToString()[..HexDigits],
        Name = NameOf(campaign, training.Key),
    };

    /// <summary>The whole run.</summary>
    /// <param name="named">The run.</param>
    /// <param name="training">Its step.</param>
    /// <param name="product">Where a product stands.</param>
    /// <param name="journal">The file of its journal.</param>
    /// <param name="ended">When the training ended, if no journal tells: milliseconds since 1970.</param>
    public static StoredRun Of(StoredRun named, Step training, Func<Artifact, string> product, string journal, long ended)
    {
        var noted = NotedBatches.Read(journal);
        Artifact<HistoryFile> file = training.Writes.OfType<Artifact<HistoryFile>>().First();
        TrainingHistory history = HistoryFile.Read(new ProductInput(product(file))).History;
        ended = noted.Last ?? ended;
        SettingsUsed settings = training.Settings;
        return named with
        {
            Began = noted.First ?? ended,
            Ended = ended,
            Params = ParamsOf(settings),
            Metrics = Numbers(history, noted, ended, ClassesOf(settings)),
            Tags = new Dictionary<string, string>
            {
                ["mlflow.runName"] = named.Name,
                ["tau.step"] = training.Id,
                ["tau.tools"] = string.Join(", ", training.Tools),
            },
            Artifacts =
            [
                .. training.Writes.Where(artifact => artifact.Kind == ArtifactKind.Product)
                    .Select(artifact => new RunArtifact(Path.GetFileName(artifact.Path), to => File.Copy(product(artifact), to))),
                new RunArtifact("settings.txt", to => File.WriteAllLines(to, Lines(settings))),
                .. TrainingEvents.Of(history, noted, ended),
            ],
        };
    }

    /// <summary>What an evaluation adds to a run: areas under ROC curves, rates at efficiencies and at working points.</summary>
    /// <param name="named">The run.</param>
    /// <param name="evaluation">The identity of the evaluation.</param>
    /// <param name="file">Its <c>performance.json</c>.</param>
    /// <param name="time">When it was made: milliseconds since 1970.</param>
    public static StoredRun Evaluated(StoredRun named, ContentHash evaluation, string file, long time) => named with
    {
        Metrics = EvaluationNumbers.Of(PerformanceFile.Read(new ProductInput(file)).Performance)
            .DistinctBy(one => one.Name)
            .ToDictionary(
                one => StoreNames.Of([Evaluation, .. one.Name.Split('/')]),
                IReadOnlyList<MetricPoint> (one) => [new MetricPoint(time, one.Value, 0)]),
        Tags = new Dictionary<string, string> { [EvaluationTag] = evaluation.ToString() },
        Artifacts = [new RunArtifact(Path.GetFileName(file), to => File.Copy(file, to))],
    };

    private static string NameOf(string campaign, string key) => key.Length == 0 ? campaign : $"{campaign} {key}";

    private static Dictionary<string, IReadOnlyList<MetricPoint>> Numbers(
        TrainingHistory history, NotedBatches noted, long ended, IReadOnlyList<string> classes)
    {
        var numbers = new Dictionary<string, IReadOnlyList<MetricPoint>>();
        Add("train_loss", epoch => epoch.TrainLoss);
        Add("validation_loss", epoch => epoch.ValidationLoss);
        Add("validation_accuracy", epoch => epoch.Accuracy);
        Add("learning_rate", epoch => epoch.LearningRate);
        for (int i = 0; i < history.Epochs.Select(epoch => epoch.ClassLosses.Count).DefaultIfEmpty().Max(); i++)
            Add(StoreNames.Of("validation_loss_of", classes.ElementAtOrDefault(i) ?? $"class {i}"), epoch => epoch.ClassLosses[i]);
        if (history.BestEpoch is > 0 and var best)
        {
            AddPoints("best_epoch", [new MetricPoint(ended, best, best)]);
            AddPoints("best_validation_loss", [new MetricPoint(ended, history.Epochs[best - 1].ValidationLoss, best)]);
        }
        AddPoints("batch/train_loss", noted.Losses);
        AddPoints("batch/learning_rate", noted.Rates);
        return numbers;

        void Add(string name, Func<EpochRecord, double?> value) => AddPoints(
            name,
            [
                .. from epoch in history.Epochs
                   let there = value(epoch)
                   where there is not null
                   select new MetricPoint(noted.EndOf(epoch.Epoch) ?? ended, there.Value, epoch.Epoch),
            ]);

        void AddPoints(string name, IReadOnlyList<MetricPoint> points)
        {
            if (points.Count > 0) numbers[name] = points;
        }
    }

    // A feature has ten settings, and a campaign hundreds of features: they stand in a file, and their sum tells whether they differ.
    private static Dictionary<string, string> ParamsOf(SettingsUsed settings)
    {
        string[] shown = [.. settings.Paths.Where(path => !path.StartsWith(Definitions, StringComparison.Ordinal))];
        return settings.Paths.Zip(settings.Values)
            .Where(one => shown.Contains(one.First))
            .Select(one => (Name: StoreNames.Part(one.First), Value: one.Second))
            .Append(("definitions", $"sha256 {settings.Without(shown).Hash().Short}"))
            .ToDictionary();
    }

    private static IEnumerable<string> Lines(SettingsUsed settings) =>
        settings.Paths.Zip(settings.Values, (path, value) => $"{path}: {value}");

    // As the step states them: "tau signal".
    private static string[] ClassesOf(SettingsUsed settings) =>
    [
        .. settings.Paths.Zip(settings.Values)
            .Where(one => one.First.StartsWith("classes.", StringComparison.Ordinal))
            .Select(one => one.Second.Split(' ')[0]),
    ];
}
