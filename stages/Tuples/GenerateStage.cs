using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Configuration;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Simulation;

namespace TauPipeline.Stages;

/// <summary>Makes the raw ROOT tuples of generated datasets: the fast simulation in the layout that each asks for.</summary>
public sealed class GenerateStage(IReadOnlyList<Dataset> datasets, GenerateSettings settings) : IStage
{
    // So few that a batch's columns stay in the processor's cache until they are written.
    private const int BatchEvents = 250;

    /// <inheritdoc/>
    public string Name => "Generate";

    /// <inheritdoc/>
    public string Summary => "Raw ROOT tuples of generated datasets, by the fast simulation";

    /// <summary>The raw files of a generated dataset, in order.</summary>
    public static IReadOnlyList<RawEntry> FilesOf(Dataset dataset) =>
        [
            .. Enumerable.Range(0, dataset.Generated!.Files)
                .Select(file => new RawEntry(
                    $"{dataset.Name}_{file:D3}",
                    Artifact.Product($"generate/{dataset.Name}/{dataset.Name}_{file:D3}.root"))),
        ];

    /// <inheritdoc/>
    public IReadOnlyList<Step> Steps() =>
    [
        .. from dataset in datasets
           where dataset.Generated is not null
           let used = Shifted(settings.Used, dataset.Generated!).And("process", dataset.Generated!.Process)
               .And("events", $"{dataset.Generated!.Events}").And("layout", dataset.Generated!.Layout)
           from file in FilesOf(dataset).Select((entry, index) => (entry, index))
           select new Step
           {
               Stage = Name,
               Key = $"{dataset.Name}/{file.entry.Entry}",
               Reads = [],
               Writes = [file.entry.File],
               Settings = used,
               Tools = [.. MathLibrary.Tools, .. TauTupleRootWriter.Tools],
               CountsRows = true,
               Work = run => Generate(run, dataset.Name, dataset.Generated!, file.index, file.entry.File),
           },
    ];

    // What a dataset states takes the place of what all have: the same number is the same step, wherever it stands.
    private static SettingsUsed Shifted(SettingsUsed used, GeneratedDataset dataset)
    {
        if (dataset.IsolationScale is { } isolation) used = used.And("generate.isolation_scale", SettingsUsed.Canonical(isolation));
        if (dataset.ImpactResolution is { } impact) used = used.And("generate.impact_resolution", SettingsUsed.Canonical(impact));
        return used;
    }

    private void Generate(StepRun run, string dataset, GeneratedDataset generated, int file, Artifact output)
    {
        var events = new EventGenerator(
            Processes.ByName(generated.Process),
            run.Seed(dataset),
            settings.Simulation with
            {
                EventsPerFile = generated.Events,
                IsolationScale = generated.IsolationScale ?? settings.Simulation.IsolationScale,
                ImpactResolution = generated.ImpactResolution ?? settings.Simulation.ImpactResolution,
            });
        using TauTupleRootWriter writer = run.Create<TauTupleRootWriter>(output);
        OutputLayout layout = OutputLayout.ByName(generated.Layout);
        long offset = file * generated.Events;
        for (long first = 0; first < generated.Events; first += BatchEvents)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            int count = (int)Math.Min(BatchEvents, generated.Events - first);
            Batch simulated = events.Candidates(offset + first, count);
            Batch candidates = layout == OutputLayout.ThorNtuples ? ThorTuple.Of(simulated) : simulated;
            writer.Append(layout.Tree, candidates);
            double weight = candidates[layout.Weight].ToDoubles().Sum();
            run.Rows.In("", candidates.Rows, weight);
            run.Rows.Out("", candidates.Rows, weight);
            run.Progress.Report(new Progress(first, generated.Events, "events"));
        }
        writer.Complete(TauTuple.Summary(generated.Events, events.SumOfWeights));
    }
}

/// <summary>The block <c>generate:</c>.</summary>
public sealed record GenerateSettings(SimulationSettings Simulation, SettingsUsed Used)
{
    /// <summary>Reads the block.</summary>
    public static GenerateSettings Read(ConfigBlock block) => new(new SimulationSettings
    {
        PileUpMean = block.Number("pile_up", 35, "", 0, 120),
        UnmatchedFraction = block.Number("unmatched", 0.03, "", 0, 1),
        DuplicateFraction = block.Number("duplicates", 0.01, "", 0, 1),
        ImpactResolution = block.Number("impact_resolution", 1, "", 0.1, 10),
        IsolationScale = block.Number("isolation_scale", 1, "", 0.1, 10),
    }, block.Used());
}
