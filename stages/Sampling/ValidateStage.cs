using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Configuration;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// Checks what will be trained on: no event in two parts of the split, and consecutive chunks of the mixed rows alike
/// (Kolmogorov-Smirnov, Holm-corrected). The numbers go to <c>validation.json</c>; what the next stage reads is a constant,
/// so that a failed gate stops the chain and a new number does not.
/// </summary>
public sealed class ValidateStage(SplitShards split, MixedShards mixed, SplitSettings parts, ValidateSettings settings) : IStage
{
    private static readonly string[] Columns = [CandidateColumns.Type, CandidateColumns.Dataset, CandidateColumns.Pt, CandidateColumns.Eta];

    /// <inheritdoc/>
    public string Name => "Validate";

    /// <inheritdoc/>
    public string Summary => "Gate: no event in two parts, chunks of the mixed rows alike";

    /// <summary>All numbers of the checks.</summary>
    public static Artifact<ValidationFile> Validation(Training training) => new(training.Path("validate", "validation.json"));

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
                .. mixed.Of(training, SplitSettings.Train).Select(shard => new StepInput(SplitSettings.Train, shard, [.. CandidateColumns.Event, .. Columns])),
                .. mixed.Of(training, SplitSettings.Validation).Select(shard => new StepInput(SplitSettings.Validation, shard, [.. CandidateColumns.Event, CandidateColumns.Dataset])),
                .. training.Apply.SelectMany(split.Part).Select(shard => new StepInput("apply", shard.Shard, [.. CandidateColumns.Event])),
            ],
            Writes = [Validation(training)],
            Settings = settings.Used,
            Work = run => Measure(run, training),
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

    private static void Judge(StepRun run, Training training)
    {
        ValidationFile found = run.Read(Validation(training));
        if (found.Leaks.Count > 0) throw StageErrors.Leaks(found.Leaks);
        if (found.Tests.MinBy(test => test.Adjusted) is { } worst && worst.Adjusted < found.Alpha) throw StageErrors.ChunksDiffer(worst, found.Alpha);
        run.Write(Passed(training), new PassedFile());
    }

    private void Measure(StepRun run, Training training)
    {
        var leaks = new LeakFinder(run.Memory);
        foreach ((string sample, _) in training.Samples)
            leaks.Add(sample, () => mixed.Of(training, sample).SelectMany(shard => EventsOf(run, shard, null)));
        foreach (string part in training.Apply)
            leaks.Add(part, () => split.Part(part).SelectMany(shard => EventsOf(run, shard.Shard, shard.Dataset.Index)));
        IReadOnlyList<Leak> found = leaks.Find(run.Cancellation);

        var chunks = new ChunkComparison(settings.Classes, settings.Chunks, mixed.Of(training, SplitSettings.Train).Sum(shard => Rows(run, shard)));
        foreach (Artifact shard in mixed.Of(training, SplitSettings.Train))
        {
            using TupleShardReader reader = run.Stream<TupleShardReader>(shard);
            foreach (Batch batch in reader.Batches(columns: Columns)) chunks.Fill(batch);
        }
        run.Write(Validation(training), new ValidationFile(found, chunks.Tests(), settings.Alpha));
    }

    private static IEnumerable<(Batch Events, int? Dataset)> EventsOf(StepRun run, Artifact shard, int? dataset)
    {
        using TupleShardReader reader = run.Stream<TupleShardReader>(shard);
        foreach (Batch batch in reader.Batches()) yield return (batch, dataset);
    }

    private static long Rows(StepRun run, Artifact shard)
    {
        using TupleShardReader reader = run.Stream<TupleShardReader>(shard);
        return reader.Rows;
    }
}

/// <summary>The block <c>validate:</c>.</summary>
/// <param name="Classes">The classes that are compared.</param>
/// <param name="Chunks">Consecutive chunks of the mixed rows.</param>
/// <param name="Alpha">Family-wise probability of a false alarm.</param>
/// <param name="Used">What enters fingerprints.</param>
public sealed record ValidateSettings(ClassScheme Classes, int Chunks, double Alpha, SettingsUsed Used)
{
    /// <summary>Reads the block.</summary>
    public static ValidateSettings Read(ConfigBlock block, ClassSettings classes)
    {
        int chunks = (int)block.Whole("chunks", 10, 2, 1000);
        double alpha = block.Number("alpha", 0.001, "", 0, 1);
        return new ValidateSettings(classes.Scheme, chunks, alpha, block.Used().And(classes.Used));
    }
}
