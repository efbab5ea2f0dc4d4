using TauPipeline.Formats;
using TauPipeline.Physics;
using TauPipeline.Statistics;

namespace TauPipeline.Stages;

/// <summary>Turns scored rows into the entries of performance.json, pair by pair.</summary>
internal sealed class PerformanceBuilder(MetricsSettings settings, WorkingPointTable? thresholds)
{
    private readonly List<RocEntry> _curves = [];
    private readonly List<WorkingPointEntry> _points = [];
    private readonly List<EfficiencyEntry> _efficiencies = [];
    private readonly List<string> _notes = [];
    private readonly List<(string Title, string What)> _lacking = [];

    public int Pairs { get; private set; }

    public void Add(EvaluationPair pair, ScoredRows signal, ScoredRows background)
    {
        Pairs++;
        if (signal.Rows == 0 || background.Rows == 0)
        {
            _notes.Add($"{pair.Title}: no {(signal.Rows == 0 ? "signal" : "background")} row is left; no curve");
            return;
        }
        foreach (Discriminator one in settings.Discriminators.All.Where(one => one.Has(pair.Against) || one.Points.ContainsKey(pair.Against)))
        {
            PassingPoint[] points = [.. PointsOf(one, pair.Against, signal, background)];
            foreach (EvaluationBin bin in pair.Bins)
            {
                int[] s = Inside(signal, bin), b = Inside(background, bin);
                if (one.Has(pair.Against)) AddCurve(pair, one, bin, (signal, s), (background, b));
                foreach (PassingPoint point in points) AddPoint(pair, one, bin, point, (signal, s), (background, b));
            }
            AddEfficiencies(pair, one, points, signal, background);
        }
    }

    public Performance Finish(IReadOnlyList<IReadOnlyList<long>> confusion) => new(settings.Campaign)
    {
        QuickLook = settings.QuickLook,
        RocCurve = _curves,
        RocWp = _points,
        Efficiencies = _efficiencies,
        Confusion = [new ConfusionEntry("all rows of the evaluation pairs", [.. settings.Evaluation.Classes.Trained.Select(one => one.Name)], confusion)],
        Notes = [.. _notes, .. _lacking.GroupBy(one => one.Title).Select(one => $"{one.Key}: the files lack its {string.Join(", ", one.Select(lacking => lacking.What).Distinct())}")],
    };

    private void AddCurve(EvaluationPair pair, Discriminator one, EvaluationBin bin, (ScoredRows Rows, int[] At) signal, (ScoredRows Rows, int[] At) background)
    {
        double[]? s = signal.Rows.Scores(one.Name, pair.Against), b = background.Rows.Scores(one.Name, pair.Against);
        if (s is null || b is null)
        {
            _lacking.Add((one.Title, $"scores against {pair.Against.Name}"));
            return;
        }
        double[] scores = [.. signal.At.Select(i => s[i]), .. background.At.Select(i => b[i])];
        bool[] positive = [.. signal.At.Select(_ => true), .. background.At.Select(_ => false)];
        double[] weights = settings.Weighted ? [.. At(signal.Rows.Weights, signal.At), .. At(background.Rows.Weights, background.At)] : [];
        var entry = new RocEntry(one.Name, one.Title, pair.Name, pair.Against.Name, EntryOf(bin))
        {
            Signal = signal.At.Length,
            Background = background.At.Length,
            Denominator = pair.Selection is null ? "reconstructed candidates" : $"reconstructed candidates passing {pair.Selection.Text}",
        };
        RocCurve? curve = signal.At.Length == 0 || background.At.Length == 0 ? null : RocCurve.From(positive, scores, weights);
        if (curve is null)
        {
            _notes.Add($"{pair.Title}, {one.Title}, {BinText.Of(bin)}: {signal.At.Length} signal and {background.At.Length} background rows; no curve");
            _curves.Add(entry);
            return;
        }
        RocCurve shown = curve.WithoutCollinear().Pruned(settings.Decimals);
        Interval[] bands = [.. shown.Points.Select(point => curve.FalsePositiveBand(point.FalsePositiveRate))];
        _curves.Add(entry with
        {
            AucScore = curve.Area.Value,
            AucError = curve.Area.Error,
            TruePositiveRate = [.. shown.Points.Select(point => point.TruePositiveRate)],
            FalsePositiveRate = [.. shown.Points.Select(point => point.FalsePositiveRate)],
            FalsePositiveRateLow = [.. bands.Select(band => band.Low)],
            FalsePositiveRateHigh = [.. bands.Select(band => band.High)],
            Thresholds = [.. shown.Points.Select(point => double.IsFinite(point.Threshold) ? point.Threshold : (double?)null)],
            Rates = [.. settings.Efficiencies.Select(efficiency => RateAt(curve, efficiency))],
        });
    }

    private static RateEntry RateAt(RocCurve curve, double efficiency)
    {
        double rate = curve.FalsePositiveRateAt(efficiency);
        Interval band = curve.FalsePositiveBand(rate);
        return new RateEntry(efficiency, rate, band.Low, band.High);
    }

    private void AddPoint(EvaluationPair pair, Discriminator one, EvaluationBin bin, PassingPoint point, (ScoredRows Rows, int[] At) signal, (ScoredRows Rows, int[] At) background)
    {
        bool[]? s = point.Passes(signal.Rows), b = point.Passes(background.Rows);
        if (s is null || b is null) return;
        _points.Add(new WorkingPointEntry(one.Name, pair.Name, pair.Against.Name, EntryOf(bin), point.Name, point.Threshold, Share(s, signal.At), Share(b, background.At)) { Title = one.Title });
    }

    private void AddEfficiencies(EvaluationPair pair, Discriminator one, IReadOnlyList<PassingPoint> points, ScoredRows signal, ScoredRows background)
    {
        foreach (PassingPoint point in points)
            foreach (EfficiencyVariable variable in settings.Variables)
                if (Curve(variable, point, one, pair.Against, signal) is { } genuine && Curve(variable, point, one, pair.Against, background) is { } fake)
                    _efficiencies.Add(new EfficiencyEntry(one.Name, pair.Name, pair.Against.Name, variable.Name, point.Name, variable.Edges.Edges, genuine, fake));
    }

    // As in the original plots, the network's numerators require the loose points against the other types as well.
    private List<IntervalEntry>? Curve(EfficiencyVariable variable, PassingPoint point, Discriminator one, TauClass against, ScoredRows rows)
    {
        if (point.Passes(rows) is not { } passes) return null;
        bool[][] others = [.. PassingPoint.Required(one, against, thresholds, settings.Required).Select(other => other.Passes(rows)!)];
        double[] values = variable.Name switch { "pt" => rows.Pt, "eta" => rows.Eta, _ => [.. rows.DecayModes.Select(mode => (double)mode)] };
        var curve = new EfficiencyCurve(variable.Edges);
        for (int i = 0; i < values.Length; i++) curve.Add(values[i], passes[i], others.All(other => other[i]));
        return [.. curve.Bins().Select(bin => new IntervalEntry(bin.Efficiency, bin.Interval?.Low, bin.Interval?.High, bin.Passed, bin.Total))];
    }

    private IEnumerable<PassingPoint> PointsOf(Discriminator one, TauClass against, ScoredRows signal, ScoredRows background) =>
        PassingPoint.Of(one, against, thresholds).Concat(Decoding(one, against, signal, background) is { } stored ? PassingPoint.Stored(one, against, stored) : []);

    // Signal and background stand in the same files, so both together tell how their working points are stored.
    private StoredWorkingPoints? Decoding(Discriminator one, TauClass against, ScoredRows signal, ScoredRows background)
    {
        if (!one.Points.TryGetValue(against, out StoredPoints? points)) return null;
        long[] values = [.. signal.Points(one.Name, against)!, .. background.Points(one.Name, against)!];
        if (values.Any(value => value < 0)) _lacking.Add((one.Title, $"working points against {against.Name}"));
        else if ((points.Encoding ?? StoredWorkingPoints.EncodingOf(values, points.Order.Count)) is { } encoding) return new StoredWorkingPoints(encoding, points.Order);
        else _notes.Add($"{one.Title}: the values of {points.Column} do not tell bits from ordinals; no working points until its 'encoding' says which");
        return null;
    }

    private static IntervalEntry Share(bool[] passes, int[] rows)
    {
        long passed = rows.Count(i => passes[i]);
        Interval? interval = ClopperPearson.Of(passed, rows.Length);
        return new IntervalEntry(rows.Length == 0 ? null : (double)passed / rows.Length, interval?.Low, interval?.High, passed, rows.Length);
    }

    private static int[] Inside(ScoredRows rows, EvaluationBin bin)
    {
        (double[] pt, double[] eta, int[] modes) = (rows.Pt, rows.Eta, rows.DecayModes);
        return [.. Enumerable.Range(0, pt.Length).Where(i => bin.Contains(pt[i], eta[i], modes[i]))];
    }

    private static IEnumerable<double> At(double[] values, int[] rows) => rows.Select(i => values[i]);

    private static BinEntry EntryOf(EvaluationBin bin) => new(bin.PtLow, bin.PtHigh, bin.AbsEtaLow, bin.AbsEtaHigh, bin.DecayModes);
}
