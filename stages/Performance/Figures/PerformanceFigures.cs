using System.Globalization;
using TauPipeline.Formats;
using TauPipeline.Plotting;

namespace TauPipeline.Stages;

/// <summary>The ROC figures of performance.json: one for each pair and bin.</summary>
internal static class PerformanceFigures
{
    /// <summary>The ROC figures.</summary>
    public static IEnumerable<NamedFigure> Rocs(Performance performance, EvaluationSettings evaluation, PlotSettings settings) =>
        from pair in evaluation.Pairs
        let bins = performance.RocCurve.Where(curve => curve.Pair == pair.Name)
            .Select(curve => BinText.FileName(curve.Bin)).Distinct().ToList()
        from bin in bins
        let curves = performance
            .RocCurve.Where(curve => curve.Pair == pair.Name && BinText.FileName(curve.Bin) == bin && curve.TruePositiveRate.Count > 0)
            .ToList()
        where curves.Count > 0
        let points = performance.RocWp.Where(point => point.Pair == pair.Name && BinText.FileName(point.Bin) == bin)
        select new NamedFigure($"roc_{pair.Name}_{bin}", Roc(pair, curves, [.. points], settings))
        { Group = bin == bins[0] ? "" : $"bins: {pair.Title}" };

    private static RocFigure Roc(EvaluationPair pair, List<RocEntry> curves, List<WorkingPointEntry> points, PlotSettings settings)
    {
        RocEntry first = curves[0];
        return new RocFigure
        {
            Title = $"{pair.Title}: {string.Join(", ", BinText.Lines(first.Bin))}",
            Caption = Caption(first, curves),
            X = new PlotAxis($"Efficiency for {first.SignalTitle}") { Range = settings.EfficiencyRange },
            Y = new PlotAxis($"Misidentification rate of {first.BackgroundTitle}", Log: settings.LogRates),
            Curves = [.. curves.Select(curve => CurveOf(curve, settings.LogRates))],
            Points = [.. points.Where(point => IsShown(point, settings.LogRates)).Select(PointOf)],
            Reference = curves.Count > 1 ? (curves.LastOrDefault(curve => !curve.HasFewRows()) ?? curves[^1]).Title : null,
            Ratio = new PlotAxis("Ratio"),
            // On a linear axis the curves run where these words would stand; title and caption have them.
            Text = settings.LogRates ? BinText.Lines(first.Bin) : [],
            Width = settings.Width,
            Height = settings.Height,
        };
    }

    private static string Caption(RocEntry curve, List<RocEntry> curves)
    {
        string missing =
            curve.NoScore == 0
                ? ""
                : $" {curve.NoScore} {(curve.NoScore == 1 ? "row has" : "rows have")} no score and {(curve.NoScore == 1 ? "is" : "are")} left out.";
        string[] sentences =
        [
            string.Create(
                CultureInfo.InvariantCulture,
                $"{curve.Signal} {curve.SignalTitle} and {curve.Background} {curve.BackgroundTitle}.{missing}"),
            ShareText.Of(curve.Denominator), ShareText.Weighting(curve.Weight), ShareText.Composition(curve, ShareText.Headline(curve)),
            $"Bands and bars are 68 % intervals ({curve.Intervals}).",
            curves.Any(one => one.ThinPoints > 1) ? $"Finely dotted: fewer than {RocEntry.LeastPassing} background rows pass." : "",
            curves.Any(one => one.HasFewRows()) ? $"Grey: fewer than {RocEntry.LeastRows} rows of signal or background." : "",
        ];
        return string.Join(' ', sentences.Where(sentence => sentence.Length > 0));
    }

    private static bool IsShown(WorkingPointEntry point, bool log) =>
        point is { TruePositiveRate.Value: not null, FalsePositiveRate.Value: { } rate } && (rate > 0 || !log);

    private static readonly CurveStyle Grey = new("#c4c4c8");

    // Where nothing passes, the rate is zero and has no place on a logarithmic axis.
    private static Curve CurveOf(RocEntry curve, bool log)
    {
        int[] shown = [.. Enumerable.Range(0, curve.TruePositiveRate.Count).Where(i => curve.FalsePositiveRate[i] > 0 || !log)];
        double[] Pick(IReadOnlyList<double> values) => [.. shown.Select(i => values[i])];
        double[] low = [.. shown.Select(i => Math.Max(curve.FalsePositiveRateLow[i], curve.FalsePositiveRate[i] * 1e-3))];
        IReadOnlyList<double> efficiencies = curve.TruePositiveRate;
        return new Curve(curve.Title, Pick(efficiencies), Pick(curve.FalsePositiveRate), low, Pick(curve.FalsePositiveRateHigh))
        {
            Style = curve.HasFewRows() ? Grey : null,
            ThinBelow = curve.ThinPoints < efficiencies.Count ? efficiencies[curve.ThinPoints] : double.PositiveInfinity,
        };
    }

    private static RocMarker PointOf(WorkingPointEntry point) =>
        new(point.Title, point.Name, IntervalOf(point.TruePositiveRate), IntervalOf(point.FalsePositiveRate));

    private static ErrorBar IntervalOf(IntervalEntry share) =>
        new(share.Value!.Value, Math.Max(share.Low!.Value, 1e-6), share.High!.Value);
}
