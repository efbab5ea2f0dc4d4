using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Physics;
using TauPipeline.Statistics;

namespace TauPipeline.Stages;

/// <summary>Mean and spread of every feature over the train rows, in double and in the order of the rows (data-preparation 4.10).</summary>
public sealed class ScaleStage(MixedShards mixed, SplitSettings parts, FeatureSettings features) : IStage
{
    /// <inheritdoc/>
    public string Name => "Scale";

    /// <inheritdoc/>
    public string Summary => "Scaling constants of the features, from train rows only";

    /// <summary>The scaling constants.</summary>
    public static Artifact<ScalingFile> Scaling(Training training) => new(training.Path("scale", "scaling.json"));

    /// <inheritdoc/>
    public IReadOnlyList<Step> Steps() =>
    [
        .. parts.Trainings.Select(training => new Step
        {
            Stage = Name,
            Key = training.Name,
            Reads =
            [
                .. mixed.Of(training, SplitSettings.Train)
                    .Select(shard => new StepInput(SplitSettings.Train, shard, [.. features.Names])),
            ],
            Writes = [Scaling(training)],
            Settings = features.Used,
            Work = run => Scale(run, training),
        }),
    ];

    private void Scale(StepRun run, Training training)
    {
        var moments = new Moments[features.Features.Count];
        foreach (Batch batch in new ShardSequence(run, mixed.Of(training, SplitSettings.Train)).Batches())
            for (int i = 0; i < moments.Length; i++)
                moments[i] = moments[i].And(batch[features.Features[i].Name].ToDoubles());
        run.Write(
            Scaling(training),
            new ScalingFile(new FeatureScaling(features.Features.Select((feature, i) => ScaleOf(feature, moments[i])))));
    }

    // A feature that a file cannot give is missing everywhere: it scales to 0, as every missing value does.
    private static FeatureScale ScaleOf(Feature feature, Moments moments) => feature.Kind switch
    {
        ScalingKind.Linear => FeatureScale.Linear(feature.Name, ConstituentCone.Global, feature.Range!.Value.Low, feature.Range.Value.High),
        ScalingKind.Normal when moments.Count < 2 => FeatureScale.Stored(
            feature.Name,
            ConstituentCone.Global,
            ScalingKind.Normal,
            (0, 0, feature.Range!.Value.Low, feature.Range.Value.High),
            moments),
        ScalingKind.Normal => FeatureScale.Normal(feature.Name, ConstituentCone.Global, moments, feature.Range, largestNotFinite: 1),
        _ => FeatureScale.Identity(feature.Name, feature.Kind),
    };
}
