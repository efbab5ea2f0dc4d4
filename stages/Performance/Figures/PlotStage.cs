using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Plotting;

namespace TauPipeline.Stages;

/// <summary>All figures of the campaign: specification, SVG and PDF, drawn by one node process.</summary>
public sealed class PlotStage(
    Artifact<PerformanceFile> performance,
    MixedShards mixed,
    SplitSettings parts,
    FeatureSettings features,
    EvaluationSettings evaluation,
    PlotSettings settings) : IStage
{
    // Node is asked once a process, but for a node that is missing: set-up may install it before the campaign is composed again.
    private static IReadOnlyList<string>? _drawing;

    /// <inheritdoc/>
    public string Name => "Plot";

    /// <inheritdoc/>
    public string Summary => "ROC curves, efficiencies, training history and features as SVG, PDF and Vega-Lite";

    /// <summary>The folder of figures.</summary>
    public Artifact Figures { get; } = Artifact.Folder("plot");

    /// <summary>The folder of figures of scaling constants.</summary>
    public Artifact ScalingFigures { get; } = Artifact.Folder("plot_scaling");

    private Training First => parts.Trainings[0];

    private IEnumerable<StepInput> FeatureInputs => mixed.Of(First, SplitSettings.Train)
        .Select(shard => new StepInput(SplitSettings.Train, shard, FeatureColumns))
        .Prepend(new StepInput("scaling", ScaleStage.Scaling(First)));

    private string[] FeatureColumns =>
        [.. features.InputColumns.Append(CandidateColumns.Type).Concat(evaluation.Weight.Columns).Distinct(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public IReadOnlyList<Step> Steps()
    {
        string[] tools = [.. Drawing(), .. MathLibrary.Tools];
        return
        [
            new Step
            {
                Stage = Name,
                Reads =
                [
                    new StepInput("performance", performance),
                    .. parts.Trainings.Select(training => new StepInput("history", TrainStage.History(training))),
                    .. settings.FeatureBins > 0 ? FeatureInputs : [],
                    .. mixed.Tables(First) is { } tables ? new[] { new StepInput("weights", tables) } : [],
                ],
                Writes = [Figures],
                Settings = settings.Used.And(features.Used).And(evaluation.Used),
                Tools = tools,
                Isolated = true,
                Work = Plot,
            },
            .. settings.Scaling == ScalingFiguresWanted.None ? [] : new[]
            {
                new Step
                {
                    Stage = Name,
                    Key = "scaling",
                    Reads = [new StepInput("checks", ScaleStage.Checks(First))],
                    Writes = [ScalingFigures],
                    Settings = settings.Used,
                    Tools = tools,
                    Isolated = true,
                    Work = run =>
                        Draw(run, ScalingFigures, Stages.ScalingFigures.Of(run.Read(ScaleStage.Checks(First)), settings.Scaling, settings)),
                },
            },
        ];
    }

    private static IReadOnlyList<string> Drawing()
    {
        if (_drawing is { } known) return known;
        IReadOnlyList<string> found = PlottingTools.Versions(
            (program, arguments) => ProcessRunner.Run(new ProcessRequest(program, arguments), CancellationToken.None).Output);
        return found.Contains(PlottingTools.NoNode) ? found : _drawing = found;
    }

    private void Plot(StepRun run)
    {
        IEnumerable<NamedFigure> figures = PerformanceFigures.Of(run.Read(performance).Performance, evaluation, settings)
            .Concat(from training in parts.Trainings
                    let history = run.Read(TrainStage.History(training)).History
                    where history.Epochs.Count > 0
                    select HistoryFigures.Of(training, history, settings));
        if (settings.FeatureBins > 0) figures = figures.Concat(Features(run));
        if (mixed.Tables(First) is { } tables) figures = figures.Concat(WeightFigures.Of(run.Read(tables), settings));
        Draw(run, Figures, figures);
    }

    private void Draw(StepRun run, Artifact place, IEnumerable<NamedFigure> figures)
    {
        using FolderWriter folder = run.Create<FolderWriter>(place);
        bool isEmpty = true;
        foreach (NamedFigure figure in figures)
        {
            File.WriteAllText(folder.File(figure.Name + NodeRenderer.Ending), figure.Figure.VegaLite(settings.Theme));
            isEmpty = false;
        }
        if (isEmpty) return;
        new NodeRenderer(NodeProgram.Find(), NodeModules.Find(), (program, arguments, place) =>
        {
            ProcessOutcome outcome = ProcessRunner.Run(new ProcessRequest(program, arguments) { Folder = place }, run.Cancellation);
            run.Cancellation.ThrowIfCancellationRequested();
            return (outcome.ExitCode, outcome.Error);
        }).Draw(folder.Path, settings.Pdf);
    }

    private IEnumerable<NamedFigure> Features(StepRun run)
    {
        var histograms = new FeatureHistograms(
            evaluation,
            features.Inputs,
            run.Read(ScaleStage.Scaling(First)).Scaling,
            settings.FeatureBins);
        foreach (Artifact shard in mixed.Of(First, SplitSettings.Train))
        {
            using TupleShardReader reader = run.Stream<TupleShardReader>(shard);
            foreach (Batch rows in reader.Batches()) histograms.Fill(rows);
        }
        return histograms.Figures(settings);
    }
}
