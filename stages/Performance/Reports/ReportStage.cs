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
                .. sources.Figures.SelectMany(kind => new[] { new StepInput(kind.Name, kind.Index), new StepInput("figures", kind.Folder) }),
                .. sources.Heads.Select(head => new StepInput("head", HeadMeasure.Of(head))),
                .. sources.Points is null ? [] : new[] { new StepInput("working points", sources.Points) },
                .. sources.Parts.Trainings.SelectMany(training => new[]
                {
                    new StepInput("history", TrainStage.History(training)),
                    new StepInput("validation", ValidateStage.Validation(training)),
                    new StepInput("page", ValidateStage.Page(training)), // told of, so made
                    new StepInput("yields", sources.Mixed.Yields(training)),
                    new StepInput("scaling", ScaleStage.Checks(training)),
                }),
                .. sources.HasSweep ? new[] { new StepInput("choice", ChooseStage.Choice) } : [],
                .. sources.Ledgers.Select(ledger => new StepInput("ledger", ledger)),
                .. sources.Files.Select(file => new StepInput("tuple", file.Shard, [CandidateColumns.Run])),
                new StepInput("lineage", Lineage),
            ],
            Writes = [Page],
            Settings = settings.Used.And(sources.PlotSettings.UsedBy()).And(sources.Evaluation.Used),
            Tools = [.. PlottingTools.Packages(), .. MathLibrary.Tools],
            Isolated = true,
            Work = Write,
        },
    ];

    private void Write(StepRun run)
    {
        Performance performance = run.Read(sources.Performance).Performance;
        var figures = new ReportFigures(run, sources.Figures);
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
                new ReportSection(Headings.Roc, [.. figures.Under(Headings.Roc), RocTables.Of(performance)]),
                .. performance.Distributions.Count == 0 ? [] : new[]
                {
                    new ReportSection(
                        Headings.Distributions, [.. figures.Under(Headings.Distributions), DistributionTables.Of(performance)]),
                },
                new ReportSection(
                    "Working points",
                    [.. WorkingPointTables.Of(sources.Points is null ? null : run.Read(sources.Points), performance)]),
                new ReportSection(Headings.Efficiencies, [.. figures.Under(Headings.Efficiencies)]),
                new ReportSection("Confusion of classes", [.. RocTables.Confusion(performance)]),
                .. sources.Heads.Select(head => new ReportSection(
                    $"Values of {head.Name}", [.. HeadTables.Of(run.Read(HeadMeasure.Of(head)))])),
                new ReportSection(
                    Headings.Training,
                    [
                        .. figures.Under(Headings.Training),
                        .. sources.HasSweep ? new[] { SweepTables.Of(run.Read(ChooseStage.Choice)) } : [],
                        .. sources.Parts.Trainings.Where(training => run.Read(TrainStage.History(training)).History.Epochs.Count == 0)
                            .Select(training =>
                                new ReportText($"No training{training.Of}: {yields[training].NoTraining ?? "mixing left no row"}.")),
                    ]),
                new ReportSection(
                    Headings.Inputs,
                    [
                        .. missing.Tables,
                        .. sources.Parts.Trainings.SelectMany(training => ScalingTable.Of(training, run.Read(ScaleStage.Checks(training)))),
                        .. figures.Under(Headings.Inputs),
                    ]),
                new ReportSection(
                    Headings.Sampling,
                    [
                        .. figures.Under(Headings.Sampling),
                        .. sources.Parts.Trainings.SelectMany(training =>
                            SamplingTables.Of(
                                training,
                                yields[training],
                                run.Read(ValidateStage.Validation(training)),
                                sources.PlotSettings.Theme)),
                    ]),
                .. figures.Others(),
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
    IReadOnlyList<DrawnFigures> Figures,
    Artifact<WorkingPointsFile>? Points,
    SplitSettings Parts,
    MixedShards Mixed,
    EvaluationSettings Evaluation,
    PlotSettings PlotSettings,
    IReadOnlyList<Artifact> Ledgers,
    IReadOnlyList<IngestedFile> Files)
{
    /// <summary>Whether the network is one of a sweep.</summary>
    public bool HasSweep { get; init; }

    /// <summary>What the network tells beside the class.</summary>
    public IReadOnlyList<HeadSettings> Heads { get; init; } = [];
}
