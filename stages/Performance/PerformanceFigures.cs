using System.Globalization;
using TauPipeline.Formats;
using TauPipeline.Plotting;
using PlotInterval = TauPipeline.Plotting.Interval;

namespace TauPipeline.Stages;

/// <summary>The figures of performance.json: a ROC figure for each pair and bin, efficiencies for each pair, discriminator and variable.</summary>
internal static class PerformanceFigures
{
    /// <summary>All of them, in the order of the file.</summary>
    public static IEnumerable<NamedFigure> Of(Performance performance, EvaluationSettings evaluation, PlotSettings settings) =>
        Rocs(performance, evaluation, settings).Concat(Efficiencies(performance, evaluation, settings));

    /// <summary>The ROC figures.</summary>
    public static IEnumerable<NamedFigure> Rocs(Performance performance, EvaluationSettings evaluation, PlotSettings settings) =>
        from pair in evaluation.Pairs
        from bin in performance.RocCurve.Where(curve => curve.Pair == pair.Name).Select(curve => BinText.FileName(curve.Bin)).Distinct()
        let curves = performance.RocCurve.Where(curve => curve.Pair == pair.Name && BinText.FileName(curve.Bin) == bin && curve.TruePositiveRate.Count > 0).ToList()
        where curves.Count > 0
        select new NamedFigure($"roc_{pair.Name}_{bin}", Roc(pair, curves, [.. performance.RocWp.Where(point => point.Pair == pair.Name && BinText.FileName(point.Bin) == bin)], settings));

    /// <summary>The efficiency figures.</summary>
    public static IEnumerable<NamedFigure> Efficiencies(Performance performance, EvaluationSettings evaluation, PlotSettings settings) =>
        from pair in evaluation.Pairs
        from series in performance.Efficiencies.Where(entry => entry.Pair == pair.Name).GroupBy(entry => (entry.Discriminator, entry.Variable))
        select new NamedFigure($"efficiency_{pair.Name}_{series.Key.Discriminator}_{series.Key.Variable}", Efficiency(pair, series.Key.Variable, [.. series], settings));

    private static RocFigure Roc(EvaluationPair pair, List<RocEntry> curves, List<WorkingPointEntry> points, PlotSettings settings)
    {
        RocEntry first = curves[0];
        return new RocFigure
        {
            Title = $"{pair.Title}: {string.Join(", ", BinText.Lines(first.Bin))}",
            Caption = string.Create(CultureInfo.InvariantCulture,
                $"{first.Signal} genuine taus and {first.Background} {pair.AgainstTitle}. Denominator: {first.Denominator}. Bands and bars are 68 % Clopper-Pearson intervals."),
            X = new PlotAxis("Efficiency for genuine taus") { Range = settings.EfficiencyRange },
            Y = new PlotAxis($"Misidentification rate of {pair.AgainstTitle}", Log: settings.LogRates),
            Curves = [.. curves.Select(curve => CurveOf(curve, settings.LogRates))],
            Points = [.. points.Where(point => point is { TruePositiveRate.Value: not null, FalsePositiveRate.Value: not null } && (point.FalsePositiveRate.Value > 0 || !settings.LogRates)).Select(PointOf)],
            Reference = curves.Count > 1 ? curves[^1].Title : null,
            Ratio = new PlotAxis("Ratio"),
            // On a linear axis the curves run where these words would stand; title and caption have them.
            Text = settings.LogRates ? BinText.Lines(first.Bin) : [],
            Width = settings.Width,
            Height = settings.Height,
        };
    }

    // Where nothing passes, the rate is zero and has no place on a logarithmic axis.
    private static Curve CurveOf(RocEntry curve, bool log)
    {
        int[] shown = [.. Enumerable.Range(0, curve.TruePositiveRate.Count).Where(i => curve.FalsePositiveRate[i] > 0 || !log)];
        double[] Pick(IReadOnlyList<double> values) => [.. shown.Select(i => values[i])];
        return new Curve(curve.Title, Pick(curve.TruePositiveRate), Pick(curve.FalsePositiveRate), [.. Pick(curve.FalsePositiveRateLow).Select((low, i) => Math.Max(low, curve.FalsePositiveRate[shown[i]] * 1e-3))], Pick(curve.FalsePositiveRateHigh));
    }

    private static RocPoint PointOf(WorkingPointEntry point) => new(point.Title, point.Name, IntervalOf(point.TruePositiveRate), IntervalOf(point.FalsePositiveRate));

    private static PlotInterval IntervalOf(IntervalEntry share) => new(share.Value!.Value, Math.Max(share.Low!.Value, 1e-6), share.High!.Value);

    private static EfficiencyFigure Efficiency(EvaluationPair pair, string variable, List<EfficiencyEntry> entries, PlotSettings settings) => new()
    {
        Title = $"{pair.Title}: working points against {Label(variable).ToLowerInvariant()}",
        Caption = "Numerators require the loose working points against the other types where these exist. Bars are 68 % Clopper-Pearson intervals; bins are (low, high].",
        X = new PlotAxis(Label(variable), Log: variable == "pt"),
        Edges = [.. entries[0].Edges],
        Genuine = new EfficiencyPanel(new PlotAxis("Efficiency for genuine taus") { Range = (0, 1.05) }, [.. entries.Select(entry => SeriesOf(entry.WorkingPoint, entry.Genuine))]),
        Misidentified = new EfficiencyPanel(new PlotAxis($"Misidentification rate of {pair.AgainstTitle}", Log: settings.LogRates), [.. entries.Select(entry => SeriesOf(entry.WorkingPoint, entry.Misidentified))]),
        Width = settings.Width * 5 / 7,
        Height = settings.Height,
    };

    private static EfficiencySeries SeriesOf(string name, IReadOnlyList<IntervalEntry> bins) => new(name,
        [.. bins.Select(bin => bin.Value ?? double.NaN)], [.. bins.Select(bin => bin.Low ?? double.NaN)], [.. bins.Select(bin => bin.High ?? double.NaN)]);

    private static string Label(string variable) => variable switch { "pt" => "pT [GeV]", "eta" => "η", _ => "Decay mode" };
}
