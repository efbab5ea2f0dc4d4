using System.Globalization;
using TauPipeline.Formats;
using TauPipeline.Plotting;

namespace TauPipeline.Stages;

/// <summary>The distributions of performance.json: one figure for each pair and discriminator, with points for each dataset.</summary>
internal static class DistributionFigures
{
    private const string Prefix = "distribution_";

    /// <summary>All of them, in the order of the file.</summary>
    public static IEnumerable<NamedFigure> Of(Performance performance, EvaluationSettings evaluation, PlotSettings settings) =>
        from pair in evaluation.Pairs
        from shown in performance.Distributions.Where(entry => entry.Pair == pair.Name).GroupBy(entry => entry.Discriminator)
        select new NamedFigure($"{Prefix}{pair.Name}_{shown.Key}", Figure(pair, [.. shown], evaluation, settings));

    private static HistogramFigure Figure(
        EvaluationPair pair, DistributionEntry[] entries, EvaluationSettings evaluation, PlotSettings settings)
    {
        DistributionEntry first = entries[0];
        return new HistogramFigure
        {
            Title = $"{first.Title} against {pair.BackgroundTitle}: scores without truth",
            Caption = $"{string.Join("; ", entries.Select(Counted))}. Sample: {first.Sample}. Selection: {first.Selection}. "
                + "Every candidate counts 1; bars are the square root of a count; bins are [low, high).",
            X = new PlotAxis($"Score of {first.Title} against {pair.BackgroundTitle}"),
            Y = new PlotAxis("Candidates", Log: true),
            Edges = [.. first.Edges],
            Series = [.. entries.Select(entry => SeriesOf(Name(entry, entries, evaluation), entry))],
            Width = settings.Width,
            Height = settings.Height,
        };
    }

    private static string Name(DistributionEntry entry, DistributionEntry[] all, EvaluationSettings evaluation)
    {
        string title = evaluation.Classes.Title(evaluation.Classes.Parse(entry.Class));
        return all.Count(other => other.Class == entry.Class) == 1 ? title : $"{title}, {entry.Dataset}";
    }

    private static HistogramSeries SeriesOf(string name, DistributionEntry entry) => new(
        name,
        [.. entry.Counts.Select(count => (double)count)],
        [.. entry.Counts.Select(count => Math.Sqrt(count))],
        HistogramLook.Points);

    private static string Counted(DistributionEntry entry)
    {
        string missing = entry.Missing == 0 ? "" : Lacking(entry.Missing, "without a score");
        string infinite = entry.Infinite == 0 ? "" : Lacking(entry.Infinite, "of infinite score");
        return string.Create(
            CultureInfo.InvariantCulture, $"{entry.Counts.Sum()} candidates of {entry.Dataset} ({entry.Class}){missing}{infinite}");
    }

    private static string Lacking(long rows, string what) => string.Create(CultureInfo.InvariantCulture, $", besides {rows} {what}");
}
