using TauPipeline.Formats;
using TauPipeline.Statistics;

namespace TauPipeline.Stages;

/// <summary>
/// Makes the ROC curve of one discriminator from scored signal and background, with rates at fixed efficiencies, pooled and for each
/// process.
/// </summary>
internal sealed class CurveBuilder(IReadOnlyList<double> efficiencies, int decimals, BootstrapPlan plan)
{
    /// <summary>The entry with its curve; without one where the weights of a side do not add up to more than zero.</summary>
    public RocEntry Of(RocEntry entry, (Sample Sample, double[] Scores) signal, (Sample Sample, double[] Scores) background)
    {
        bool[] positive = [.. signal.Sample.At.Select(_ => true), .. background.Sample.At.Select(_ => false)];
        double[] scores = [.. signal.Sample.At.Select(i => signal.Scores[i]), .. background.Sample.At.Select(i => background.Scores[i])];
        double[] weights = [.. signal.Sample.Weights, .. background.Sample.Weights];
        if (RocCurve.From(positive, scores, weights) is not { } curve) return entry;
        RocCurve shown = curve.WithoutCollinear().Pruned(decimals);
        RateEntry[] rates = [.. efficiencies.Select(efficiency => RateAt(curve, efficiency))];
        var found = entry with
        {
            Intervals = Shares.Intervals(signal.Sample, background.Sample),
            AucScore = curve.Area.Value,
            AucError = curve.Area.Error,
            TruePositiveRate = [.. shown.Points.Select(point => point.TruePositiveRate)],
            FalsePositiveRate = [.. shown.Points.Select(point => point.FalsePositiveRate)],
            Thresholds = [.. shown.Points.Select(point => double.IsFinite(point.Threshold) ? point.Threshold : (double?)null)],
            Rates = rates,
            ThinPoints = ThinPoints(shown, [.. background.Sample.At.Select(i => background.Scores[i])]),
            Processes = Processes(background, rates),
        };
        return signal.Sample.HasNegative || background.Sample.HasNegative
            ? Bootstrapped(found, new RocSample(positive, scores), shown, Sample.Bootstrap(plan, signal.Sample, background.Sample))
            : WithBands(found, [.. shown.Points.Select(point => curve.FalsePositiveBand(point.FalsePositiveRate))]);
    }

    // Points let more rows pass from one to the next.
    private static int ThinPoints(RocCurve curve, double[] background)
    {
        Array.Sort(background);
        if (background.Length < RocEntry.LeastPassing) return curve.Points.Count;
        double enough = background[^RocEntry.LeastPassing];
        return curve.Points.Count(point => point.Threshold > enough);
    }

    private static RocEntry WithBands(RocEntry entry, Interval[] bands) =>
        entry with
        {
            FalsePositiveRateLow = [.. bands.Select(band => band.Low)],
            FalsePositiveRateHigh = [.. bands.Select(band => band.High)],
        };

    private static RateEntry RateAt(RocCurve curve, double efficiency)
    {
        RocPoint point = curve.PointAt(efficiency);
        Interval band = curve.FalsePositiveBand(point.FalsePositiveRate);
        return new RateEntry(efficiency, point.FalsePositiveRate, band.Low, band.High)
        {
            Threshold = double.IsFinite(point.Threshold) ? point.Threshold : null,
        };
    }

    // Of each dataset of the background the rates of the very cuts that give the pooled rates.
    private ProcessEntry[] Processes((Sample Sample, double[] Scores) background, RateEntry[] rates)
    {
        ScoredRows rows = background.Sample.Rows;
        int[] datasets = rows.Datasets;
        double total = background.Sample.Weights.Sum();
        return
        [
            .. rows.DatasetNames.Select((name, dataset) => (name, Sample: background.Sample.Where(i => datasets[i] == dataset)))
                .Where(one => one.Sample.At.Length > 0)
                .Select(one =>
            {
                bool?[][] passes =
                [
                    .. rates.Select(rate =>
                        background.Scores.Select(score => (bool?)(score >= (rate.Threshold ?? double.PositiveInfinity))).ToArray()),
                ];
                IReadOnlyList<IntervalEntry> shares = Shares.Of(one.Sample, passes, plan);
                return new ProcessEntry(one.name, one.Sample.At.Length, one.Sample.Weights.Sum() / total, shares);
            }),
        ];
    }

    private RocEntry Bootstrapped(RocEntry entry, RocSample sample, RocCurve shown, EventBootstrap bootstrap)
    {
        double[] thresholds = [.. shown.Points.Skip(1).Select(point => point.Threshold)];
        IReadOnlyList<BootstrapSpread?> spreads = bootstrap.Spreads(weights =>
        [
            sample.Of(RocMeasure.Area, weights),
            .. efficiencies.Select(efficiency => sample.Of(RocMeasure.FalsePositiveRateAt(efficiency), weights)),
            .. sample.FalsePositiveRates(thresholds, weights)?.Select(rate => (double?)rate) ?? [.. thresholds.Select(_ => (double?)null)],
        ]);
        Interval? At(int i) => spreads[i]?.Interval;
        Interval[] bands =
        [
            .. shown.Points.Select((point, i) => i == 0 ? new Interval(0, 0) : Around(At(efficiencies.Count + i), point.FalsePositiveRate)),
        ];
        return WithBands(entry, bands) with
        {
            AucError = spreads[0]?.Deviation,
            Rates =
            [
                .. entry.Rates.Select(
                    (rate, i) => Around(At(1 + i), rate.Rate) is var around ? rate with { Low = around.Low, High = around.High } : rate),
            ],
        };
    }

    private static Interval Around(Interval? spread, double rate) =>
        spread is { } known ? new(Math.Min(known.Low, rate), Math.Max(known.High, rate)) : new(rate, rate);
}
