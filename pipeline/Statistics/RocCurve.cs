using TauPipeline.Foundation;

namespace TauPipeline.Statistics;

/// <summary>
/// False against true positive rate for every distinct score, from (0, 0) to (1, 1), with scikit-learn's meaning of
/// points and thresholds (the first threshold is +infinity, as in its newer versions). Weights may be negative, as those of
/// next-to-leading-order generators are: rates may then fall, and leave [0, 1], on the way.
/// </summary>
public sealed class RocCurve
{
    private readonly RocPoint[] _points;

    private RocCurve(RocPoint[] points, AreaUnderCurve area, double positives, double negatives) =>
        (_points, Area, EffectivePositives, EffectiveNegatives) = (points, area, positives, negatives);

    /// <summary>The points, in falling order of threshold; without negative weights both rates never fall.</summary>
    public IReadOnlyList<RocPoint> Points => _points;

    /// <summary>Area under all points with its error, taken before any pruning.</summary>
    public AreaUnderCurve Area { get; }

    /// <summary>Effective number of positive rows: (sum of weights)^2 / (sum of squares).</summary>
    public double EffectivePositives { get; }

    /// <summary>Effective number of negative rows.</summary>
    public double EffectiveNegatives { get; }

    /// <summary>
    /// The curve of a labelled sample; without weights every row counts 1, rows of weight 0 are left out.
    /// <see langword="null"/> when the weights of one of the classes do not add up to more than zero.
    /// </summary>
    /// <exception cref="StepFailed">A score is NaN, or a weight is not finite.</exception>
    public static RocCurve? From(ReadOnlySpan<bool> positive, ReadOnlySpan<double> scores, ReadOnlySpan<double> weights = default)
    {
        if (positive.Length != scores.Length)
            throw StatisticsErrors.LengthsDiffer("labels", scores.Length, positive.Length);
        RankedSample.Check(scores, weights);
        List<ScoreGroup> groups = ScoreGroup.Of(new RankedSample(scores), positive, scores, weights);
        if (groups.Count == 0) return null;
        ScoreGroup total = groups[^1];
        if (!(total.Positives > 0 && total.Negatives > 0)) return null;
        var points = new RocPoint[groups.Count + 1];
        points[0] = new(double.PositiveInfinity, 0, 0);
        for (int i = 0; i < groups.Count; i++)
            points[i + 1] = new(groups[i].Score, groups[i].Negatives / total.Negatives, groups[i].Positives / total.Positives);
        return new(points, AreaUnderCurve.Of(groups),
            ClopperPearson.EffectiveCount(total.Positives, total.PositiveSquares),
            ClopperPearson.EffectiveCount(total.Negatives, total.NegativeSquares));
    }

    /// <summary>
    /// Without the points that lie on the line between their neighbours in both coordinates (scikit-learn's <c>drop_intermediate</c>).
    /// </summary>
    public RocCurve WithoutCollinear()
    {
        // second differences of rates are zero where those of counts are, up to rounding
        const double Flat = 1e-14;
        // the step from (0, 0) is not looked at: scikit-learn prepends that point after dropping
        return Keep(i => i <= 1 || i == _points.Length - 1
            || Math.Abs(Bend(i, p => p.FalsePositiveRate)) > Flat || Math.Abs(Bend(i, p => p.TruePositiveRate)) > Flat);
    }

    /// <summary>One point for each true positive rate rounded to some decimals (half to even), and always the first and the last.</summary>
    public RocCurve Pruned(int decimals)
    {
        double scale = Math.Pow(10, decimals), last = double.NaN;
        return Keep(i =>
        {
            double rounded = Math.Round(_points[i].TruePositiveRate * scale, MidpointRounding.ToEven);
            bool fresh = rounded != last;
            last = rounded;
            return fresh || i == _points.Length - 1;
        });
    }

    /// <summary>
    /// The point of the highest threshold whose true positive rate reaches this one, so always that of a cut that can be made.
    /// </summary>
    /// <exception cref="Misuse">The rate is not in [0, 1].</exception>
    public RocPoint PointAt(double truePositiveRate)
    {
        if (!(truePositiveRate is >= 0 and <= 1)) throw StatisticsErrors.NotAProbability("a true positive rate", truePositiveRate);
        foreach (RocPoint point in _points)
            if (point.TruePositiveRate >= truePositiveRate - RocSample.Rounding) return point;
        return _points[^1];
    }

    /// <summary>The false positive rate of <see cref="PointAt"/>.</summary>
    /// <exception cref="Misuse">The rate is not in [0, 1].</exception>
    public double FalsePositiveRateAt(double truePositiveRate) => PointAt(truePositiveRate).FalsePositiveRate;

    /// <summary>Clopper-Pearson interval of a false positive rate on this sample's effective number of negative rows.</summary>
    public Interval FalsePositiveBand(double rate, double confidence = ClopperPearson.OneSigma) =>
        ClopperPearson.Of(Math.Clamp(rate, 0, 1) * EffectiveNegatives, EffectiveNegatives, confidence) ?? new(0, 1);

    private double Bend(int i, Func<RocPoint, double> rate) =>
        rate(_points[i + 1]) - 2 * rate(_points[i]) + rate(_points[i - 1]);

    private RocCurve Keep(Func<int, bool> keeps) =>
        new([.. _points.Where((_, i) => keeps(i))], Area, EffectivePositives, EffectiveNegatives);
}
