using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// The weight of every mixed row: each type gets the spectrum of genuine taus (training-and-evaluation 2). The weights come
/// from the train rows and serve both samples. A bin without rows is an error here, not a silent zero in the training.
/// </summary>
public sealed class WeightsStage(MixedShards mixed, SplitSettings parts, SpectrumSettings binning, WeightsSettings settings) : IStage
{
    private static readonly string[] Columns = [CandidateColumns.Type, CandidateColumns.Pt, CandidateColumns.Eta];

    /// <inheritdoc/>
    public string Name => "Weights";

    /// <inheritdoc/>
    public string Summary => "Per-row training weights: every type gets the spectrum of genuine taus";

    /// <summary>The weights by type and bin.</summary>
    public static Artifact<WeightsFile> Table(Training training) => new(training.Path("weights", "weights.json"));

    /// <summary>The column of weights of one sample.</summary>
    public static Artifact Rows(Training training, string sample) => Artifact.Product(training.Path("weights", $"{sample}.h5"));

    /// <inheritdoc/>
    public IReadOnlyList<Step> Steps() =>
    [
        .. parts.Trainings.Select(training => new Step
        {
            Stage = Name,
            Key = training.Name,
            Reads =
            [
                new StepInput("gate", ValidateStage.Passed(training)),
                new StepInput("yields", mixed.Yields(training)),
                .. training.Samples.SelectMany(sample =>
                    mixed.Of(training, sample.Name)
                        .Select(shard => new StepInput(
                            sample.Name,
                            shard,
                            [.. Columns.Concat(settings.Columns).Distinct(StringComparer.Ordinal)]))),
            ],
            Writes = [Table(training), .. training.Samples.Select(sample => Rows(training, sample.Name))],
            Settings = settings.Used.And(binning.Used),
            Tools = [.. Expressions.Expression.ToolsOf(settings.Expressions), .. TupleShardWriter.Tools],
            Work = run => Weigh(run, training),
        }),
    ];

    private void Weigh(StepRun run, Training training)
    {
        run.Read(ValidateStage.Passed(training));
        TrainingWeights weights =
            settings.Equalise && run.Read(mixed.Yields(training)).NoTraining is null
                ? Equalised(run, training)
                : TrainingWeights.Ones(binning.Weights(), binning.Classes);
        run.Write(Table(training), new WeightsFile(weights));
        foreach ((string sample, _) in training.Samples)
        {
            using TupleShardWriter writer = run.Create<TupleShardWriter>(Rows(training, sample));
            writer.Begin(
                new Schema([new ColumnSpec(CandidateColumns.Weight, ColumnType.Float32)]),
                new Dictionary<string, string> { ["sample"] = sample });
            foreach (Batch batch in new ShardSequence(run, mixed.Of(training, sample)).Batches())
                writer.Append(new Batch([settings.Weigh(batch, weights.Of(batch, settings.Outside))]));
            writer.Complete();
        }
    }

    private TrainingWeights Equalised(StepRun run, Training training)
    {
        Spectrum spectrum = binning.Empty();
        foreach (Batch batch in new ShardSequence(run, mixed.Of(training, SplitSettings.Train)).Batches()) spectrum.Fill(batch);
        return TrainingWeights.From(spectrum, spectrum, binning.Weights(), binning.Classes, spectrum.Types, settings.LargestSpread);
    }
}
