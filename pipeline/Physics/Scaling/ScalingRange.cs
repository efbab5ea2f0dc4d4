using TauPipeline.Statistics;

namespace TauPipeline.Physics;

/// <summary>
/// Where a feature is cut, against where its values lie: what is suspicious about it (data-preparation 4.13). A value at 2 sigma is one at
/// the quantile where a normal distribution has two standard deviations.
/// </summary>
public sealed class ScalingRange
{
    /// <summary>All that can be suspicious: its name, and when it is.</summary>
    public static readonly IReadOnlyList<(string Name, Func<ScalingRange, bool> Holds)> Criteria =
    [
        ("constant", range => range.Scale.Std == 0 || range.Values is { } values && values.Minimum == values.Maximum),
        ("left_within", range => range.Values is { } values && range.Low > values.Sigmas[1].Left),
        ("right_within", range => range.Values is { } values && range.High < values.Sigmas[1].Right),
        ("one_sigma_empty", range => range.IsEmpty(0)),
        ("two_sigma_empty", range => range.IsEmpty(1)),
        ("three_sigma_empty", range => range.IsEmpty(2)),
        ("five_sigma_empty", range => range.IsEmpty(3)),
        ("left_beyond", range => range.Values is { } values && double.IsFinite(range.Low) && range.Low < values.Sigmas[3].Left),
        ("right_beyond", range => range.Values is { } values && double.IsFinite(range.High) && range.High > values.Sigmas[3].Right),
    ];

    /// <summary>What is asked for unless the campaign says otherwise; ranges that are too wide are not, as in the original.</summary>
    public static readonly IReadOnlyList<string> Usual = [.. Criteria.Select(one => one.Name).SkipLast(2)];

    /// <summary>The range of a scaling over values.</summary>
    public ScalingRange(FeatureScale scale, QuantileSummary? values, IReadOnlyList<string> criteria)
    {
        (Scale, Values) = (scale, values);
        Suspicions = values is null ? []
            : [.. Criteria.Where(one => criteria.Contains(one.Name) && one.Holds(this)).Select(one => one.Name)];
    }

    /// <summary>The scaling.</summary>
    public FeatureScale Scale { get; }

    /// <summary>Quantiles of the values before scaling; <see langword="null"/> if there is none.</summary>
    public QuantileSummary? Values { get; }

    /// <summary>Values below are cut.</summary>
    public double Low => Edge(Scale.Low);

    /// <summary>Values above are cut.</summary>
    public double High => Edge(Scale.High);

    /// <summary>The criteria that hold.</summary>
    public IReadOnlyList<string> Suspicions { get; }

    private bool IsEmpty(int level) => Values is { } values && values.Sigmas[level].Left == values.Sigmas[level].Right;

    // Nothing is cut of what never varies, for it is not scaled.
    private double Edge(double limit) => double.IsInfinity(limit) ? limit : Scale.Mean + limit * Scale.Std;
}
