using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Plotting;

namespace TauPipeline.Stages;

/// <summary>
/// Checks what will be trained on: no event in two parts of the split (nor, where datasets number their events apart, the
/// same candidate), and consecutive chunks of the mixed rows alike (chi2 and Kolmogorov-Smirnov, Holm-corrected). The numbers go to
/// <c>validation.json</c> and are drawn on <c>index.html</c>; what the next stage reads is a constant, so that a failed gate stops the
/// chain and a new number does not.
/// </summary>
public sealed class ValidateStage(
    IReadOnlyList<Dataset> datasets,
    SplitShards split,
    MixedShards mixed,
    SplitSettings parts,
    ValidateSettings settings) : IStage
{
    // Distributions whose counts are kept to be drawn.
    private const int MostDrawn = 6;

    // What events and candidates are told apart by.
    private readonly string[] _keys =
    [
        .. CandidateColumns.Event,
        .. CandidateColumns.Kinematics,
        .. settings.Charge is { } charge ? [charge] : Array.Empty<string>(),
    ];

    /// <inheritdoc/>
    public string Name => "Validate";

    /// <inheritdoc/>
    public string Summary => "Gate: no event in two parts, chunks of the mixed rows alike";

    /// <summary>All numbers of the checks.</summary>
    public static Artifact<ValidationFile> Validation(Training training) => new(training.Path("validate", "validation.json"));

    /// <summary>The same as a page of plots, to be looked at when the gate fails.</summary>
    public static Artifact<TextFile> Page(Training training) => new(training.Path("validate", "index.html"));

    /// <summary>That the checks were passed.</summary>
    public static Artifact<PassedFile> Passed(Training training) => new(training.Path("validate", "passed.json"));

    /// <inheritdoc/>
    public IReadOnlyList<Step> Steps() =>
    [
        .. parts.Trainings.Select(training => new Step
        {
            Stage = Name,
            Key = training.Key("measure"),
            Reads =
            [
                .. mixed.Of(training, SplitSettings.Train)
                    .Select(shard => new StepInput(SplitSettings.Train, shard, [.. _keys, .. ChunkComparison.Columns])),
                .. mixed.Of(training, SplitSettings.Validation)
                    .Select(shard => new StepInput(SplitSettings.Validation, shard, [.. _keys, CandidateColumns.Dataset])),
                .. training.Apply.SelectMany(split.Part).Select(shard => new StepInput("apply", shard.Shard, _keys)),
            ],
            Writes = [Validation(training)],
            Settings = Used,
            Tools = MathLibrary.Tools, // probabilities
            Work = run => Measure(run, training),
        }),
        .. parts.Trainings.Select(training => new Step
        {
            Stage = Name,
            Key = training.Key("page"),
            Reads = [new StepInput("validation", Validation(training))],
            Writes = [Page(training)],
            Settings = SettingsUsed.None,
            Tools = [.. PlottingTools.Packages(), .. MathLibrary.Tools], // axes
            Isolated = true,
            Work = run => run.Write(Page(training), new TextFile(ValidationPage.Html(training, run.Read(Validation(training))))),
        }),
        // A step of its own, so that the numbers of a failed gate are there to be read.
        .. parts.Trainings.Select(training => new Step
        {
            Stage = Name,
            Key = training.Key("gate"),
            Reads = [new StepInput("validation", Validation(training))],
            Writes = [Passed(training)],
            Settings = SettingsUsed.None,
            Work = run => Judge(run, training),
        }),
    ];

    // Groups are levels of the comparison, and all are named in it.
    private SettingsUsed Used
    {
        get
        {
            SettingsUsed used = settings.Used.And("datasets", datasets.Select(dataset => dataset.Name)).And("groups", settings.GroupsInWords);
            return Dataset.Grouped(datasets) is { Length: > 0 } same ? used.And("datasets.same_events", same) : used;
        }
    }

    private static void Judge(StepRun run, Training training)
    {
        ValidationFile found = run.Read(Validation(training));
        if (found.Leaks.Count > 0) throw StageErrors.Leaks(found.Leaks);
        ChunkTest[] failed = [.. found.Tests.Where(test => test.Adjusted < found.Alpha).OrderBy(test => test.PValue)];
        if (failed.Length > 0) throw StageErrors.ChunksDiffer(failed, found.Tests.Count, found.Alpha);
        run.Write(Passed(training), new PassedFile());
    }

    private void Measure(StepRun run, Training training)
    {
        var leaks = new LeakFinder(run.Memory / 8, [.. datasets.Select(dataset => (dataset.Name, dataset.Numbering))], settings.Charge);
        foreach ((string sample, _) in training.Samples)
            leaks.Add(sample, RowsOf(run, mixed.Of(training, sample)), () =>
                mixed.Of(training, sample).SelectMany(shard => KeysOf(run, shard, null)));
        foreach (string part in training.Apply)
            leaks.Add(part, RowsOf(run, split.Part(part).Select(shard => shard.Shard)), () =>
                split.Part(part).SelectMany(shard => KeysOf(run, shard.Shard, shard.Dataset.Index)));
        IReadOnlyList<Leak> found = leaks.Find(run.Cancellation);

        var chunks = new ChunkComparison(settings.Plan(datasets), RowsOf(run, mixed.Of(training, SplitSettings.Train)));
        foreach (Artifact shard in mixed.Of(training, SplitSettings.Train))
        {
            using TupleShardReader reader = run.Stream<TupleShardReader>(shard);
            foreach (Batch batch in reader.Batches(columns: [.. ChunkComparison.Columns])) chunks.Fill(batch);
        }
        IReadOnlyList<ChunkTest> tests = chunks.Tests();
        run.Write(Validation(training), new ValidationFile(found, tests, chunks.Worst(tests, MostDrawn), settings.Alpha));
    }

    private IEnumerable<(Batch Rows, int? Dataset)> KeysOf(StepRun run, Artifact shard, int? dataset)
    {
        using TupleShardReader reader = run.Stream<TupleShardReader>(shard);
        string[] columns = dataset is null ? [.. _keys, CandidateColumns.Dataset] : _keys;
        foreach (Batch batch in reader.Batches(columns: columns)) yield return (batch, dataset);
    }

    private static long RowsOf(StepRun run, IEnumerable<Artifact> shards)
    {
        long rows = 0;
        foreach (Artifact shard in shards)
        {
            using TupleShardReader reader = run.Stream<TupleShardReader>(shard);
            rows += reader.Rows;
        }
        return rows;
    }
}
