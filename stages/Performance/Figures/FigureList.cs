using TauPipeline.BuildGraph;
using TauPipeline.Formats;
using TauPipeline.Foundation;

namespace TauPipeline.Stages;

/// <summary>
/// All kinds of figures of a campaign, in the report's order: Plot draws them and Report shows them; a new one is an entry here.
/// </summary>
internal sealed class FigureList(PlotSources sources, PlotSettings settings)
{
    private Training First => sources.Parts.Trainings[0];

    /// <summary>The kinds that this campaign has.</summary>
    public IEnumerable<FigureKind> All()
    {
        yield return OfPerformance("roc", Headings.Roc, PerformanceFigures.Rocs, settings.UsedBy(PlotSettings.Rates, PlotSettings.RocRange));
        yield return OfPerformance("distributions", Headings.Distributions, DistributionFigures.Of, settings.UsedBy());
        yield return OfPerformance("efficiencies", Headings.Efficiencies, Efficiencies, EfficiencyLooks);
        yield return new(
            new("training", Headings.Training),
            [.. sources.Parts.Trainings.Select(training => new StepInput("history", TrainStage.History(training)))],
            settings.UsedBy(),
            Histories);
        if (sources.Sweep.Count > 0) yield return SweepFigures.Kind(sources, settings);
        if (settings.FeatureBins > 0) yield return FeatureFigures.Kind(sources, settings);
        if (settings.Scaling != ScalingFiguresWanted.None)
            yield return new(
                new("scaling", Headings.Inputs),
                [new StepInput("checks", ScaleStage.Checks(First))],
                settings.UsedBy(PlotSettings.ScalingWanted),
                run => ScalingFigures.Of(run.Read(ScaleStage.Checks(First)), settings.Scaling, settings));
        if (settings.Spectra) yield return SpectrumFigures.Kind(sources, settings);
        if (sources.Mixed.Tables(First) is { } tables)
            yield return new(
                new("weights", Headings.Sampling),
                [new StepInput("weights", tables)],
                settings.UsedBy(),
                run => WeightFigures.Of(run.Read(tables), settings));
    }

    private SettingsUsed EfficiencyLooks =>
        sources.Variables.Aggregate(settings.UsedBy(PlotSettings.Rates), (used, variable) => used.And(variable.Looks));

    private IEnumerable<NamedFigure> Efficiencies(Performance performance, EvaluationSettings evaluation, PlotSettings plots) =>
        EfficiencyFigures.Of(performance, evaluation, sources.Variables, plots);

    private FigureKind OfPerformance(
        string name,
        string heading,
        Func<Performance, EvaluationSettings, PlotSettings, IEnumerable<NamedFigure>> drawer,
        SettingsUsed used) =>
        new(
            new(name, heading),
            [new StepInput("performance", sources.Performance)],
            used.And(sources.Evaluation.Used),
            run => drawer(run.Read(sources.Performance).Performance, sources.Evaluation, settings));

    private IEnumerable<NamedFigure> Histories(StepRun run) =>
        from training in sources.Parts.Trainings
        let history = run.Read(TrainStage.History(training)).History
        where history.Epochs.Count > 0
        select HistoryFigures.Of(training, history, settings);
}
