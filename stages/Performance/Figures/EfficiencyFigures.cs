using TauPipeline.Formats;
using TauPipeline.Plotting;

namespace TauPipeline.Stages;

/// <summary>The efficiency figures of performance.json: one for each pair, discriminator and variable.</summary>
internal static class EfficiencyFigures
{
    /// <summary>All of them, in the order of the file.</summary>
    public static IEnumerable<NamedFigure> Of(
        Performance performance, EvaluationSettings evaluation, IReadOnlyList<EfficiencyVariable> variables, PlotSettings settings) =>
        from pair in evaluation.Pairs
        from series in performance
            .Efficiencies.Where(entry => entry.Pair == pair.Name)
            .GroupBy(entry => (entry.Discriminator, entry.Variable))
        let variable = variables.First(one => one.Name == series.Key.Variable)
        select new NamedFigure(
            $"efficiency_{pair.Name}_{series.Key.Discriminator}_{variable.Name}",
            Figure(pair, variable, [.. series], settings));

    private static EfficiencyFigure Figure(
        EvaluationPair pair, EfficiencyVariable variable, List<EfficiencyEntry> entries, PlotSettings settings)
    {
        EfficiencyEntry first = entries[0];
        bool categories = first.Categories.Count > 0;
        return new EfficiencyFigure
        {
            Title = $"{pair.Title}: working points against {Quantity(variable.Label)}",
            Caption =
                $"{ShareText.Of(first.Definition)} Bars are 68 % intervals ({first.Intervals}){(categories ? "" : $"; bins are [low, high), merged to at least {EfficiencyBins.LeastRows} candidates")}.",
            X = new PlotAxis(variable.Unit.Length == 0 ? variable.Label : $"{variable.Label} [{variable.Unit}]", Log: variable.Log)
            {
                Ticks = [.. first.Categories.Select((name, i) => new AxisTick(i + 0.5, name))],
            },
            // Categories stand beside each other, each as wide as the next.
            Edges = categories ? [.. Enumerable.Range(0, first.Categories.Count + 1).Select(i => (double)i)] : [.. first.Edges],
            Genuine = new EfficiencyPanel(
                new PlotAxis($"Efficiency for {pair.SignalTitle}") { Range = (0, 1.05) },
                [.. entries.Select(entry => SeriesOf(entry.WorkingPoint, entry.Genuine, entry.GenuineEdges))]),
            Misidentified = new EfficiencyPanel(
                new PlotAxis($"Misidentification rate of {pair.BackgroundTitle}", Log: settings.LogRates),
                [.. entries.Select(entry => SeriesOf(entry.WorkingPoint, entry.Misidentified, entry.MisidentifiedEdges))]),
            Width = settings.Width * 5 / 7,
            Height = settings.Height,
        };
    }

    private static EfficiencySeries SeriesOf(string name, IReadOnlyList<IntervalEntry> bins, IReadOnlyList<double> edges) => new(name,
        [.. bins.Select(bin => bin.Value ?? double.NaN)],
        [.. bins.Select(bin => bin.Low ?? double.NaN)],
        [.. bins.Select(bin => bin.High ?? double.NaN)])
    { Edges = edges.Count > 0 ? [.. edges] : null };

    // "Decay mode" in the midst of a title; a symbol stays as it is.
    private static string Quantity(string label) =>
        label.Length > 1 && char.IsLower(label[1]) ? char.ToLowerInvariant(label[0]) + label[1..] : label;
}
