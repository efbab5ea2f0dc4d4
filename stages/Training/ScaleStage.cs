using TauPipeline.BuildGraph;
using TauPipeline.Formats;
using TauPipeline.Physics;
using TauPipeline.Statistics;

namespace TauPipeline.Stages;

/// <summary>
/// The scaling of every feature over the train rows, from exact sums: the same whatever the order of rows and shards (data-preparation
/// 4.10); or the constants of a file of TauMLTools. With them what there is to check: quantiles, convergence, and tables for others.
/// </summary>
public sealed class ScaleStage(MixedShards mixed, SplitSettings parts, FeatureSettings features, ScaleSettings settings) : IStage
{
    /// <inheritdoc/>
    public string Name => "Scale";

    /// <inheritdoc/>
    public string Summary => "Scaling constants of the features, from train rows only, and whether they can be trusted";

    /// <summary>The scaling constants.</summary>
    public static Artifact<ScalingFile> Scaling(Training training) => new(training.Path("scale", "scaling.json"));

    /// <summary>Ranges, suspicions and convergence.</summary>
    public static Artifact<ScalingChecksFile> Checks(Training training) => new(training.Path("scale", "checks.json"));

    /// <summary>Mean and spread of every feature as a table, beside those without the upper tail.</summary>
    public static Artifact<TextFile> Table(Training training) => new(training.Path("scale", "stats.csv"));

    /// <summary>Constants as TauMLTools keeps them.</summary>
    public static Artifact<ScalingParameters> Parameters(Training training) => new(training.Path("scale", "scaling_params.json"));

    /// <summary>Quantiles of every shard as TauMLTools keeps them.</summary>
    public static Artifact<QuantileParameters> Quantiles(Training training) => new(training.Path("scale", "quantile_params.json"));

    /// <inheritdoc/>
    public IReadOnlyList<Step> Steps() =>
    [
        .. parts.Trainings.Select(training => new Step
        {
            Stage = Name,
            Key = training.Name,
            Reads =
            [
                .. mixed.Of(training, SplitSettings.Train).Select(shard => new StepInput(SplitSettings.Train, shard, features.Columns)),
                .. settings.File is { } file ? new[] { new StepInput("constants", file) } : [],
            ],
            Writes = [Scaling(training), Checks(training), Table(training), Parameters(training), Quantiles(training)],
            Settings = features.Used.And(settings.Used),
            Tools = Expressions.Expression.ToolsOf(features.Expressions),
            Work = run => Scale(run, training),
        }),
    ];

    private void Scale(StepRun run, Training training)
    {
        IReadOnlyList<Artifact> shards = mixed.Of(training, SplitSettings.Train);
        ScalingParameters? given = settings.File is { } file ? run.ReadAs<ScalingParameters>(file) : null;
        var rows = new ScaleRows(features, settings);
        var quantiles = new QuantileParameters();
        var ofShards = new List<QuantileSummary?[]>();
        rows.Read(run, shards, (shard, statistics) =>
        {
            QuantileSummary?[] summaries = [.. statistics.Select(one => one.Counts.Summary)];
            string file = System.IO.Path.GetFileNameWithoutExtension(shards[shard].Path);
            foreach ((FeatureStatistics one, QuantileSummary? summary) in statistics.Zip(summaries))
                if (one.Feature.Kind is ScalingKind.Linear or ScalingKind.Normal)
                    quantiles.Add((one.Feature.Group, one.Feature.Name, one.Cone), file, summary);
            ofShards.Add(summaries);
        });
        FeatureScale[] scales = [.. rows.All.Select(one => given?.Of(one.Feature, one.Cone) ?? one.Scale())];
        run.Write(Scaling(training), new ScalingFile(new FeatureScaling(scales)));
        run.Write(Checks(training), ScalingTables.Checks(rows, scales, ofShards, settings));
        run.Write(Table(training), new TextFile(ScalingTables.Statistics(rows.All)));
        run.Write(Parameters(training), ScalingParameters.Of(rows.All.Zip(scales)
            .SelectMany(one => features.GroupsOf(one.First.Feature).Select(group => (group, one.Second)))));
        run.Write(Quantiles(training), quantiles);
    }
}
