using TauPipeline.BuildGraph;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Plotting;

namespace TauPipeline.Stages;

/// <summary>All figures of the campaign: specification, SVG and PDF; a step for each kind, which one node process draws.</summary>
public sealed class PlotStage(PlotSources sources, PlotSettings settings) : IStage
{
    // Node is asked once a process, but for a node that is missing: set-up may install it before the campaign is composed again.
    private static IReadOnlyList<string>? _drawing;

    private readonly FigureKind[] _kinds = [.. new FigureList(sources, settings).All()];

    /// <inheritdoc/>
    public string Name => "Plot";

    /// <inheritdoc/>
    public string Summary => "ROC curves, efficiencies, training history and features as SVG, PDF and Vega-Lite";

    /// <summary>What is drawn, in the report's order.</summary>
    public IReadOnlyList<DrawnFigures> Drawn => [.. _kinds.Select(kind => kind.Place)];

    /// <inheritdoc/>
    public IReadOnlyList<Step> Steps()
    {
        string[] tools = [.. Drawing(), .. MathLibrary.Tools];
        return
        [
            .. _kinds.Select(kind => new Step
            {
                Stage = Name,
                Key = kind.Place.Name,
                Reads = kind.Reads,
                Writes = [kind.Place.Folder, kind.Place.Index],
                Settings = kind.Settings,
                Tools = tools,
                Isolated = true,
                Work = run => Draw(run, kind),
            }),
        ];
    }

    private static IReadOnlyList<string> Drawing()
    {
        if (_drawing is { } known) return known;
        IReadOnlyList<string> found = PlottingTools.Versions(
            (program, arguments) => ProcessRunner.Run(new ProcessRequest(program, arguments), CancellationToken.None).Output);
        return found.Contains(PlottingTools.NoNode) ? found : _drawing = found;
    }

    private void Draw(StepRun run, FigureKind kind)
    {
        using FolderWriter folder = run.Create<FolderWriter>(kind.Place.Folder);
        var entries = new List<FigureIndexEntry>();
        foreach (NamedFigure figure in kind.Drawer(run))
        {
            File.WriteAllText(folder.File(figure.Name + NodeRenderer.Ending), figure.Figure.VegaLite(settings.Theme));
            string live = figure.Figure.VegaLite(settings.Theme with { Hover = true });
            entries.Add(new(figure.Name, figure.Figure.Title, figure.Figure.Caption, figure.Group, live));
        }
        run.Write(kind.Place.Index, new FigureIndexFile(entries));
        if (entries.Count == 0) return;
        new NodeRenderer(NodeProgram.Find(), NodeModules.Find(), (program, arguments, place) =>
        {
            ProcessOutcome outcome = ProcessRunner.Run(new ProcessRequest(program, arguments) { Folder = place }, run.Cancellation);
            run.Cancellation.ThrowIfCancellationRequested();
            return (outcome.ExitCode, outcome.Error);
        }).Draw(folder.Path, settings.Pdf);
    }
}

/// <summary>The products and settings that figures are drawn from.</summary>
/// <param name="Performance">Curves, efficiencies and distributions.</param>
/// <param name="Mixed">The rows trained on.</param>
/// <param name="Parts">The trainings.</param>
/// <param name="Spectra">The spectra of the first training's train rows before mixing.</param>
/// <param name="Binning">The bins of spectra.</param>
/// <param name="Features">The inputs of the network.</param>
/// <param name="Evaluation">Pairs, classes and the weight of rows.</param>
/// <param name="Variables">What efficiencies are shown against.</param>
public sealed record PlotSources(
    Artifact<PerformanceFile> Performance,
    MixedShards Mixed,
    SplitSettings Parts,
    IReadOnlyList<Artifact<SpectrumFile>> Spectra,
    SpectrumSettings Binning,
    FeatureSettings Features,
    EvaluationSettings Evaluation,
    IReadOnlyList<EfficiencyVariable> Variables)
{
    /// <summary>Names of the points of a sweep, if there is one.</summary>
    public IReadOnlyList<string> Sweep { get; init; } = [];
}
