using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// ROC curves, working points, efficiencies and confusion of the campaign's evaluation pairs, with errors: performance.json and CSV; and
/// how well heads of the network tell their values.
/// </summary>
public sealed class MetricsStage(SplitShards scores, Artifact<WorkingPointsFile>? points, SplitSettings parts, MetricsSettings settings)
    : IStage
{
    /// <inheritdoc/>
    public string Name => "Metrics";

    /// <inheritdoc/>
    public string Summary => "ROC curves, rates and efficiencies of the evaluation pairs, with errors";

    /// <summary>All numbers.</summary>
    public Artifact<PerformanceFile> Performance { get; } = new("metrics/performance.json");

    /// <summary>One line a curve.</summary>
    public Artifact<TextFile> Summaries { get; } = new("metrics/summary.csv");

    /// <summary>All points of all curves.</summary>
    public Artifact<TextFile> Curves { get; } = new("metrics/roc_curves.csv");

    /// <summary>What the network tells beside the class.</summary>
    public IReadOnlyList<HeadSettings> Heads { get; init; } = [];

    private IReadOnlyList<PartShard> Shards => [.. parts.ShownParts.SelectMany(scores.Part)];

    /// <inheritdoc/>
    public IReadOnlyList<Step> Steps()
    {
        string[] columns = [.. settings.Columns];
        return
        [
            new Step
            {
                Stage = Name,
                Reads =
                [
                    .. Shards.Select(shard => new StepInput("scores", shard.Shard, columns)),
                    .. points is null ? [] : new[] { new StepInput("working points", points) },
                    .. settings.Scales.SelectMany(scale => scale.Files).Select(file => new StepInput("generated events", file)),
                ],
                Writes = [Performance, Summaries, Curves],
                Settings = settings.Used,
                Tools = MathLibrary.Tools, // intervals
                Needs = new Resources { Memory = settings.Memory },
                CountsRows = true,
                Work = Measure,
            },
            .. Heads.Select(head => new HeadMeasure(head, Shards).Step(Name)),
        ];
    }

    private void Measure(StepRun run)
    {
        var evaluated = new EvaluatedRows(settings.Evaluation, settings.Discriminators.All, settings.Variables, settings.Sample);
        foreach (PartShard shard in Shards)
        {
            using TupleShardReader reader = run.Stream<TupleShardReader>(shard.Shard);
            foreach (Batch batch in reader.Batches())
            {
                run.Cancellation.ThrowIfCancellationRequested();
                evaluated.Add(shard.Dataset.Name, batch, run.Rows);
            }
        }

        evaluated.Finish(run.Rows);

        WorkingPointTable? thresholds = points is null ? null : run.Read(points).Table;
        var performance = new PerformanceBuilder(settings with { Factors = Factors(run) }, thresholds, run.Seed("bootstrap"));
        foreach (EvaluationPair pair in settings.Evaluation.Pairs)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            performance.Add(pair, evaluated.Signal(pair), evaluated.Background(pair));
            run.Progress.Report(new Progress(performance.Pairs, settings.Evaluation.Pairs.Count, "pairs"));
        }
        performance.Add(evaluated.Distributions);
        Performance result = performance.Finish(evaluated.Confusion);
        run.Write(Performance, new PerformanceFile(result));
        run.Write(Summaries, new TextFile(PerformanceTables.Summary(result)));
        run.Write(Curves, new TextFile(PerformanceTables.Curves(result)));
    }

    private Dictionary<string, double> Factors(StepRun run) => settings.Scales.ToDictionary(
        scale => scale.Dataset,
        scale => scale.Factor(scale.Files.Select(run.Read), settings.Evaluation.Weight.HasEventWeight),
        StringComparer.Ordinal);
}
