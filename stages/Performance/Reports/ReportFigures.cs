using TauPipeline.Formats;
using TauPipeline.Learning;
using TauPipeline.Plotting;

namespace TauPipeline.Stages;

/// <summary>Figures for the page: drawn again with hovering from the same numbers, with the picture of the plot folder for paper.</summary>
internal sealed class ReportFigures(FolderReader folder, PlotSettings settings, string place = "plot")
{
    public IEnumerable<ReportBlock> Rocs(Performance performance, EvaluationSettings evaluation)
    {
        foreach (EvaluationPair pair in evaluation.Pairs)
        {
            ReportFigure[] figures =
            [
                .. PerformanceFigures.Rocs(performance, evaluation, settings)
                    .Where(figure => figure.Name.StartsWith($"roc_{pair.Name}_pt_", StringComparison.Ordinal))
                    .Select(Of),
            ];
            if (figures.Length > 0) yield return figures[0];
            if (figures.Length > 1) yield return new ReportDetails($"{pair.Title} in {figures.Length - 1} bins", [.. figures.Skip(1)]);
        }
    }

    public IEnumerable<ReportBlock> Efficiencies(Performance performance, EvaluationSettings evaluation) =>
        EfficiencyFigures.Of(performance, evaluation, settings).Select(Of);

    public IEnumerable<ReportBlock> Distributions(Performance performance, EvaluationSettings evaluation) =>
        DistributionFigures.Of(performance, evaluation, settings).Select(Of);

    public ReportBlock History(Training training, TrainingHistory history) => Of(HistoryFigures.Of(training, history, settings));

    /// <summary>The features' histograms, as they stand in the folder.</summary>
    public IEnumerable<ReportBlock> Features()
    {
        ReportFigure[] figures =
        [
            .. folder.Files.Where(file =>
                    file.StartsWith("feature_", StringComparison.Ordinal) && file.EndsWith(NodeRenderer.Ending, StringComparison.Ordinal))
                .Select(file => file[..^NodeRenderer.Ending.Length])
                .Select(name => new ReportFigure(
                    name["feature_".Length..],
                    "Mixed train rows, each class normalised to unit area.",
                    Text(name + NodeRenderer.Ending)!,
                    Text(name + ".svg"),
                    Files(name))),
        ];
        if (figures.Length > 0) yield return new ReportDetails($"{figures.Length} features by class", figures);
    }

    /// <summary>Spectra before and after reweighting, if the campaign reweights.</summary>
    public IEnumerable<ReportBlock> Weights() => All(WeightFigures.Prefix, "spectra before and after reweighting", "");

    /// <summary>Spectra before and after mixing, and with training weights.</summary>
    public IEnumerable<ReportBlock> Spectra() => All(
        SpectrumFigures.Prefix, "spectra before and after mixing, and with training weights", SpectrumFigures.Normalised);

    private IEnumerable<ReportBlock> All(string prefix, string what, string caption)
    {
        ReportFigure[] figures =
        [
            .. folder.Files.Where(file =>
                    file.StartsWith(prefix, StringComparison.Ordinal) && file.EndsWith(NodeRenderer.Ending, StringComparison.Ordinal))
                .Select(file => file[..^NodeRenderer.Ending.Length])
                .Select(name => new ReportFigure(
                    name[prefix.Length..], caption, Text(name + NodeRenderer.Ending)!, Text(name + ".svg"), Files(name))),
        ];
        if (figures.Length > 0) yield return new ReportDetails($"{figures.Length} {what}", figures);
    }

    private ReportFigure Of(NamedFigure figure) =>
        ReportFigure.Of(figure.Figure, settings.Theme, Text(figure.Name + ".svg"), Files(figure.Name));

    private (string Label, string Path)[] Files(string name) =>
        [
            .. new[] { ("SVG", ".svg"), ("PDF", ".pdf"), ("Vega-Lite", NodeRenderer.Ending) }
                .Where(kind => folder.Files.Contains(name + kind.Item2))
                .Select(kind => (kind.Item1, $"../{place}/{name}{kind.Item2}")),
        ];

    private string? Text(string name) => folder.Files.Contains(name) ? File.ReadAllText(Path.Combine(folder.Path, name)) : null;
}
