using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Plotting;

namespace TauPipeline.Stages;

/// <summary>All figures of the campaign: specification, SVG and PDF, drawn by one node process.</summary>
public sealed class PlotStage(
    PlotSources sources, FeatureSettings features, EvaluationSettings evaluation, PlotSettings settings) : IStage
{
    private static readonly string[] SpectrumColumns = [CandidateColumns.Type, CandidateColumns.Pt, CandidateColumns.Eta];

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

    /// <summary>The folder of figures of spectra, if the campaign wants them.</summary>
    public Artifact? SpectrumFigures { get; } = settings.Spectra ? Artifact.Folder("plot_spectra") : null;

    private Training First => sources.Parts.Trainings[0];

    private IEnumerable<StepInput> FeatureInputs => sources.Mixed.Of(First, SplitSettings.Train)
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
                    new StepInput("performance", sources.Performance),
                    .. sources.Parts.Trainings.Select(training => new StepInput("history", TrainStage.History(training))),
                    .. settings.FeatureBins > 0 ? FeatureInputs : [],
                    .. sources.Mixed.Tables(First) is { } tables ? new[] { new StepInput("weights", tables) } : [],
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
            .. SpectrumFigures is { } place ? new[] { Spectra(place, tools) } : [],
        ];
    }

    private Step Spectra(Artifact place, string[] tools) => new()
    {
        Stage = Name,
        Key = "spectra",
        Reads =
        [
            .. sources.Spectra.Select(spectrum => new StepInput("spectrum", spectrum)),
            .. sources.Mixed.Of(First, SplitSettings.Train).Select(shard => new StepInput(SplitSettings.Train, shard, SpectrumColumns)),
            new StepInput("weights", WeightsStage.Rows(First, SplitSettings.Train)),
        ],
        Writes = [place],
        Settings = settings.Used.And(sources.Binning.Used),
        Tools = tools,
        Isolated = true,
        Work = run =>
        {
            Spectrum before = sources.Binning.Empty();
            foreach (Artifact<SpectrumFile> spectrum in sources.Spectra)
                before.Add(run.Read(spectrum).Spectrum.In(sources.Binning.AbsEta, sources.Binning.Pt));
            var figures = new SpectrumFigures(sources.Binning, before);
            using TupleShardReader weights = run.Stream<TupleShardReader>(WeightsStage.Rows(First, SplitSettings.Train));
            long first = 0;
            foreach (Batch rows in new ShardSequence(run, sources.Mixed.Of(First, SplitSettings.Train)).Batches(SpectrumColumns))
            {
                figures.Fill(rows, weights.Read(first, rows.Rows).Flat<float>(CandidateColumns.Weight));
                first += rows.Rows;
            }
            Draw(run, place, figures.Of(settings));
        },
    };

    private static IReadOnlyList<string> Drawing()
    {
        if (_drawing is { } known) return known;
        IReadOnlyList<string> found = PlottingTools.Versions(
            (program, arguments) => ProcessRunner.Run(new ProcessRequest(program, arguments), CancellationToken.None).Output);
        return found.Contains(PlottingTools.NoNode) ? found : _drawing = found;
    }

    private void Plot(StepRun run)
    {
        IEnumerable<NamedFigure> figures = PerformanceFigures.Of(run.Read(sources.Performance).Performance, evaluation, settings)
            .Concat(from training in sources.Parts.Trainings
                    let history = run.Read(TrainStage.History(training)).History
                    where history.Epochs.Count > 0
                    select HistoryFigures.Of(training, history, settings));
        if (settings.FeatureBins > 0) figures = figures.Concat(Features(run));
        if (sources.Mixed.Tables(First) is { } tables) figures = figures.Concat(WeightFigures.Of(run.Read(tables), settings));
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
        foreach (Artifact shard in sources.Mixed.Of(First, SplitSettings.Train))
        {
            using TupleShardReader reader = run.Stream<TupleShardReader>(shard);
            foreach (Batch rows in reader.Batches()) histograms.Fill(rows);
        }
        return histograms.Figures(settings);
    }
}

/// <summary>The products that figures are drawn from.</summary>
/// <param name="Performance">Curves, efficiencies and distributions.</param>
/// <param name="Mixed">The rows trained on.</param>
/// <param name="Parts">The trainings.</param>
/// <param name="Spectra">The spectra of the first training's train rows before mixing.</param>
/// <param name="Binning">The bins of spectra.</param>
public sealed record PlotSources(
    Artifact<PerformanceFile> Performance,
    MixedShards Mixed,
    SplitSettings Parts,
    IReadOnlyList<Artifact<SpectrumFile>> Spectra,
    SpectrumSettings Binning);
