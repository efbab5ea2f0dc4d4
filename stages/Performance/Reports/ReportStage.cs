using TauPipeline.BuildGraph;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Plotting;

namespace TauPipeline.Stages;

/// <summary>
/// One offline HTML page with everything: curves, efficiencies, working points, training, ledger, inputs, settings, and how each product
/// was made.
/// </summary>
public sealed class ReportStage(ReportSources sources, ReportSettings settings) : IStage
{
    /// <inheritdoc/>
    public string Name => "Report";

    /// <inheritdoc/>
    public string Summary => "One self-contained HTML page of the whole campaign";

    /// <summary>The page.</summary>
    public Artifact<TextFile> Page { get; } = new("report/index.html");

    private Artifact Lineage { get; } = Artifact.Lineage("report/lineage.json");

    /// <inheritdoc/>
    public IReadOnlyList<Step> Steps() =>
    [
        new Step
        {
            Stage = Name,
            Reads =
            [
                new StepInput("performance", sources.Performance),
                new StepInput("figures", sources.Figures),
                .. sources.SpectrumFigures is { } spectra ? new[] { new StepInput("spectra", spectra) } : [],
                .. sources.Points is null ? [] : new[] { new StepInput("working points", sources.Points) },
                .. sources.Parts.Trainings.SelectMany(training => new[]
                {
                    new StepInput("history", TrainStage.History(training)),
                    new StepInput("validation", ValidateStage.Validation(training)),
                    new StepInput("page", ValidateStage.Page(training)), // told of, so made
                    new StepInput("yields", sources.Mixed.Yields(training)),
                    new StepInput("scaling", ScaleStage.Checks(training)),
                }),
                .. sources.Ledgers.Select(ledger => new StepInput("ledger", ledger)),
                .. sources.Files.Select(file => new StepInput("tuple", file.Shard, [CandidateColumns.Run])),
                new StepInput("lineage", Lineage),
            ],
            Writes = [Page],
            Settings = settings.Used.And(sources.PlotSettings.Used).And(sources.Evaluation.Used),
            Tools = [.. PlottingTools.Packages(), .. MathLibrary.Tools],
            Isolated = true,
            Work = Write,
        },
    ];

    private void Write(StepRun run)
    {
        using FolderReader figures = run.Stream<FolderReader>(sources.Figures);
        using FolderReader? spectra = sources.SpectrumFigures is { } drawn ? run.Stream<FolderReader>(drawn) : null;
        Performance performance = run.Read(sources.Performance).Performance;
        var figure = new ReportFigures(figures, sources.PlotSettings);
        LedgerFile[] ledgers = [.. sources.Ledgers.Select(ledger => run.ReadAs<LedgerFile>(ledger))];
        var yields = sources.Parts.Trainings.ToDictionary(
            training => training,
            training => run.Read(sources.Mixed.Yields(training)));
        var missing = new MissingColumns(run, sources.Files);
        var report = new Report
        {
            Title = $"{settings.Campaign}: tau identification",
            Subtitle = settings.Description,
            Notes = [.. ReportNotes.Of(performance, settings, ledgers), .. SamplingTables.Untrained(yields), .. missing.Notes],
            Cards = [.. ReportCards.Of(performance)],
            Sections =
            [
                new ReportSection("ROC curves", [.. figure.Rocs(performance, sources.Evaluation), RocTables.Of(performance)]),
                .. performance.Distributions.Count == 0 ? [] : new[]
                {
                    new ReportSection(
                        "Scores without truth",
                        [.. figure.Distributions(performance, sources.Evaluation), DistributionTables.Of(performance)]),
                },
                new ReportSection(
                    "Working points",
                    [.. WorkingPointTables.Of(sources.Points is null ? null : run.Read(sources.Points), performance)]),
                new ReportSection("Efficiencies", [.. figure.Efficiencies(performance, sources.Evaluation)]),
                new ReportSection("Confusion of classes", [.. RocTables.Confusion(performance)]),
                new ReportSection(
                    "Training",
                    [
                        .. sources.Parts.Trainings.Select(training =>
                            run.Read(TrainStage.History(training)).History is { Epochs.Count: > 0 } history
                    ? figure.History(training, history)
                    : new ReportText($"No training{training.Of}: {yields[training].NoTraining ?? "mixing left no row"}."))]),
                new ReportSection(
                    "Inputs of the network",
                    [
                        .. missing.Tables,
                        .. sources.Parts.Trainings.SelectMany(training => ScalingTable.Of(training, run.Read(ScaleStage.Checks(training)))),
                        .. figure.Features(),
                    ]),
                new ReportSection(
                    "Sampling",
                    [
                        .. spectra is null ? [] : new ReportFigures(spectra, sources.PlotSettings, "plot_spectra").Spectra(),
                        .. figure.Weights(),
                        .. sources.Parts.Trainings.SelectMany(training =>
                            SamplingTables.Of(
                                training,
                                yields[training],
                                run.Read(ValidateStage.Validation(training)),
                                sources.PlotSettings.Theme)),
                    ]),
                new ReportSection("Row ledger", [.. LedgerTables.Of(ledgers, sources.Evaluation.Classes)]),
                new ReportSection("How it was made", [.. LineageTables.Of(run.ReadAs<LineageFile>(Lineage), settings)]),
            ],
        };
        run.Write(Page, new TextFile(new ReportPage(PageScripts.From(NodeModules.Find())).Html(report)));
    }
}

/// <summary>The products and settings that a report tells about.</summary>
public sealed record ReportSources(
    Artifact<PerformanceFile> Performance,
    Artifact Figures,
    Artifact? SpectrumFigures,
    Artifact<WorkingPointsFile>? Points,
    SplitSettings Parts,
    MixedShards Mixed,
    EvaluationSettings Evaluation,
    PlotSettings PlotSettings,
    IReadOnlyList<Artifact> Ledgers,
    IReadOnlyList<IngestedFile> Files);
