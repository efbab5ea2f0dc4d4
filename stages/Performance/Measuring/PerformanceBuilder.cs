using TauPipeline.Formats;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>Turns scored rows into the entries of performance.json, pair by pair.</summary>
internal sealed class PerformanceBuilder(MetricsSettings settings, WorkingPointTable? thresholds, ulong seed = 0)
{
    private const double LeastUnmatched = 0.001;

    private readonly List<RocEntry> _curves = [];
    private readonly List<WorkingPointEntry> _points = [];
    private readonly List<EfficiencyEntry> _efficiencies = [];
    private readonly List<DistributionEntry> _distributions = [];
    private readonly PerformanceNotes _notes = Beginning(thresholds);
    private readonly BootstrapPlan _plan = new(settings.Replicas, seed);

    public int Pairs { get; private set; }

    public void Add(EvaluationPair pair, ScoredRows signal, ScoredRows background)
    {
        Pairs++;
        if (signal.Rows == 0 || background.Rows == 0)
        {
            _notes.NoRows(pair, signal.Rows == 0 ? "signal" : "background");
            return;
        }
        var weights = new PairWeights(pair, (signal, background), settings.Factors, settings.Variables);
        if (weights.Unmatched > LeastUnmatched) _notes.Unmatched(pair, weights.Unmatched);
        var curves = new CurveBuilder(settings.Efficiencies, settings.Decimals, _plan);
        foreach (
            Discriminator one in settings.Discriminators.All.Where(one => one.Has(pair.Against) || one.Points.ContainsKey(pair.Against)))
        {
            var sides = new PairSides(pair, one, (signal, background), weights);
            PassingPoint[] points = [.. PointsOf(sides)];
            foreach (EvaluationBin bin in pair.Bins)
            {
                if (one.Has(pair.Against)) AddCurve(sides, bin, curves);
                AddPoints(sides, bin, points);
            }
            foreach (EfficiencyVariable variable in settings.Variables) AddEfficiencies(sides, variable, points);
        }
    }

    public void Add(ScoreDistributions distributions)
    {
        _distributions.AddRange(distributions.Entries());
        foreach ((EvaluationPair pair, Discriminator one) in distributions.Lacking)
            _notes.Lacking(one, $"scores against {pair.Against.Name}");
    }

    public Performance Finish(IReadOnlyList<IReadOnlyList<long>> confusion) => new(settings.Campaign)
    {
        QuickLook = settings.QuickLook,
        RocCurve = _curves,
        RocWp = _points,
        Efficiencies = _efficiencies,
        Distributions = _distributions,
        Confusion =
        [
            new ConfusionEntry(
                "all rows of the evaluation pairs",
                [.. settings.Evaluation.Classes.Trained.Select(one => one.Name)],
                confusion),
        ],
        Notes = _notes.All,
    };

    private static PerformanceNotes Beginning(WorkingPointTable? thresholds)
    {
        var notes = new PerformanceNotes();
        if (thresholds?.Lacking is { } lacking) notes.NoThresholds(lacking);
        return notes;
    }

    private void AddCurve(PairSides sides, EvaluationBin bin, CurveBuilder curves)
    {
        (EvaluationPair pair, Discriminator one) = (sides.Pair, sides.Discriminator);
        double[] s = sides.Signal.Scores(one.Name, pair.Against)!, b = sides.Background.Scores(one.Name, pair.Against)!;
        int[] signalAt = PairSides.Inside(sides.Signal, bin), backgroundAt = PairSides.Inside(sides.Background, bin);
        int[] signalScored = [.. signalAt.Where(i => !double.IsNaN(s[i]))],
            backgroundScored = [.. backgroundAt.Where(i => !double.IsNaN(b[i]))];
        int lacking = signalAt.Length + backgroundAt.Length - signalScored.Length - backgroundScored.Length;
        if (s.All(double.IsNaN) && b.All(double.IsNaN))
        {
            _notes.Lacking(one, $"scores against {pair.Against.Name}");
            return;
        }
        if (lacking > 0) _notes.NoScore(pair, one, bin, lacking);
        var entry = new RocEntry(one.Name, one.Title, pair.Name, pair.Against.Name, EntryOf(bin))
        {
            SignalTitle = pair.SignalTitle,
            BackgroundTitle = pair.BackgroundTitle,
            Signal = signalScored.Length,
            Background = backgroundScored.Length,
            NoScore = lacking,
            Denominator = sides.Definition(settings.Sample, []),
            Weight = settings.Evaluation.Weight.Text,
            Composition = Compositions.Name(pair.Composition),
        };
        (Sample, double[]) taus = (sides.Sample(sides.Signal, signalScored), s);
        (Sample, double[]) fakes = (sides.Sample(sides.Background, backgroundScored), b);
        RocEntry curve = curves.Of(entry, taus, fakes);
        if (curve.AucScore is null) _notes.NoCurve(pair, one, bin, entry);
        else if (bin == pair.Bins[0])
            curve = curve with { Replicas = PairedReplicas.Of(taus, fakes, settings.Efficiencies, settings.Replicas) };
        _curves.Add(curve);
    }

    private void AddPoints(PairSides sides, EvaluationBin bin, PassingPoint[] points)
    {
        if (points.Length == 0) return;
        IReadOnlyList<IntervalEntry> genuine = Of(sides, sides.Signal, bin, points), fake = Of(sides, sides.Background, bin, points);
        ShareDefinition definition = sides.Definition(settings.Sample, []);
        for (int i = 0; i < points.Length; i++)
            _points.Add(new WorkingPointEntry(
                sides.Discriminator.Name,
                sides.Pair.Name,
                sides.Pair.Against.Name,
                EntryOf(bin),
                points[i].Name,
                points[i].Threshold,
                genuine[i],
                fake[i])
            { Title = sides.Discriminator.Title, Definition = definition });
    }

    private IReadOnlyList<IntervalEntry> Of(PairSides sides, ScoredRows rows, EvaluationBin bin, PassingPoint[] points) =>
        Shares.Of(sides.Sample(rows, PairSides.Inside(rows, bin)), [.. points.Select(point => point.Passes(rows)!)], _plan);

    private void AddEfficiencies(PairSides sides, EfficiencyVariable variable, PassingPoint[] points)
    {
        if (points.Length == 0) return;
        PassingPoint[] others = settings.Require == PointsRequired.Nowhere
            ? [] : [.. PassingPoint.Required(sides.Discriminator, sides.Pair.Against, thresholds, settings.Required)];
        var efficiencies = new EfficiencyBins(variable, points, others, settings.Require == PointsRequired.InBoth, _plan);
        BinnedShares genuine = efficiencies.Of(sides, sides.Signal), fake = efficiencies.Of(sides, sides.Background);
        string[] names = [.. others.Select(other => other.Name)];
        for (int i = 0; i < points.Length; i++)
            _efficiencies.Add(new EfficiencyEntry(
                sides.Discriminator.Name,
                sides.Pair.Name,
                sides.Pair.Against.Name,
                variable.Name,
                points[i].Name,
                variable.Edges,
                genuine.Points[i],
                fake.Points[i])
            {
                GenuineEdges = genuine.Edges,
                MisidentifiedEdges = fake.Edges,
                Definition = sides.Definition(settings.Sample, names) with
                {
                    RequiredInDenominator = settings.Require == PointsRequired.InBoth ? names : [],
                },
                Categories = [.. variable.Categories.Select(category => category.Name)],
                Intervals = Shares.Intervals(sides.Whole(sides.Signal), sides.Whole(sides.Background)),
            });
    }

    private IEnumerable<PassingPoint> PointsOf(PairSides sides) =>
        PassingPoint.Of(sides.Discriminator, sides.Pair.Against, thresholds)
            .Concat(Decoding(sides) is { } stored ? PassingPoint.Stored(sides.Discriminator, sides.Pair.Against, stored) : []);

    // Signal and background stand in the same files, so both together tell how their working points are stored.
    private StoredWorkingPoints? Decoding(PairSides sides)
    {
        (Discriminator one, TauClass against) = (sides.Discriminator, sides.Pair.Against);
        if (!one.Points.TryGetValue(against, out StoredPoints? points)) return null;
        long[] values =
        [
            .. sides.Signal.Points(one.Name, against)!.Concat(sides.Background.Points(one.Name, against)!).Where(value => value >= 0),
        ];
        if (values.Length == 0) _notes.Lacking(one, $"working points against {against.Name}");
        else if ((points.Encoding ?? StoredWorkingPoints.EncodingOf(values, points.Order.Count)) is { } encoding)
            return new StoredWorkingPoints(encoding, points.Order);
        else _notes.NoEncoding(one, points.Column);
        return null;
    }

    private static BinEntry EntryOf(EvaluationBin bin) => new(bin.PtLow, bin.PtHigh, bin.AbsEtaLow, bin.AbsEtaHigh, bin.DecayModes);
}
