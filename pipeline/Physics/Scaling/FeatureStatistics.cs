using TauPipeline.Statistics;

namespace TauPipeline.Physics;

/// <summary>
/// What constants and figures of a feature are worked out from: exact moments and counts of its values in one cone. Parts of a sample add
/// up to the statistics of the whole, to the last bit.
/// </summary>
public sealed class FeatureStatistics(Feature feature, ConstituentCone cone, int mostValues)
{
    private readonly ExactMoments _moments = new();
    private long _seen, _notANumber, _infinite;

    /// <summary>The feature.</summary>
    public Feature Feature => feature;

    /// <summary>Of which constituents.</summary>
    public ConstituentCone Cone => cone;

    /// <summary>Counts of its finite values.</summary>
    public ValueCounts Counts { get; } = new(mostValues);

    /// <summary>Moments of its finite values, and how many were not.</summary>
    public Moments Moments => _moments.Moments with { NotANumber = _notANumber, Infinite = _infinite };

    /// <summary>Adds values; where the feature says so, what is not finite counts as 0.</summary>
    public void Add(IEnumerable<double> values)
    {
        foreach (double value in values)
        {
            _seen++;
            if (double.IsNaN(value)) _notANumber++;
            else if (double.IsInfinity(value)) _infinite++;
            double counted = double.IsFinite(value) ? value : feature.NonFinite == NonFinite.Zero ? 0 : double.NaN;
            _moments.Add(counted);
            Counts.Add(counted);
        }
    }

    /// <summary>Adds the statistics of another part of the sample.</summary>
    public void Add(FeatureStatistics other)
    {
        _moments.Add(other._moments);
        Counts.Add(other.Counts);
        (_seen, _notANumber, _infinite) = (_seen + other._seen, _notANumber + other._notANumber, _infinite + other._infinite);
    }

    /// <summary>The scaling that follows. A feature without two values to work it out from scales to its pad value, or to 0.</summary>
    /// <exception cref="Foundation.StepFailed">More values are not finite than the feature allows.</exception>
    public FeatureScale Scale()
    {
        Moments moments = Moments;
        long broken = _notANumber + _infinite;
        if (broken > 0 && (feature.NonFinite == NonFinite.Error || broken > feature.LargestNotFinite * _seen))
            throw PhysicsErrors.TooManyNotFinite(
                feature.Name, moments, _seen, feature.NonFinite == NonFinite.Error ? 0 : feature.LargestNotFinite);
        (double low, double high) = feature.RangeIn(cone) ?? (double.NegativeInfinity, double.PositiveInfinity);
        FeatureScale scale = feature.Kind switch
        {
            ScalingKind.Linear => FeatureScale.Linear(feature.Name, cone, low, high),
            ScalingKind.Normal or ScalingKind.Quantile when moments.Count < 2 =>
                FeatureScale.Stored(feature.Name, cone, feature.Kind, (0, 0, low, high), moments),
            ScalingKind.Normal => FeatureScale.Normal(feature.Name, cone, moments, (low, high), largestNotFinite: 1),
            ScalingKind.Quantile => FeatureScale.Quantile(feature.Name, cone, Counts, (low, high)),
            _ => FeatureScale.Identity(feature.Name, feature.Kind, cone),
        };
        return scale with { Sample = moments, Pad = feature.Pad, NonFinite = feature.NonFinite };
    }
}
