using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Statistics;

namespace TauPipeline.Physics;

/// <summary>
/// The scaling of one feature: clamp((x - mean) / std, low, high) in float32 and in this order (training-and-evaluation 1.6).
/// A missing value becomes 0, the middle of the scaled range.
/// </summary>
public sealed record FeatureScale
{
    private FeatureScale(string feature, ConstituentCone cone, ScalingKind kind) => (Feature, Cone, Kind) = (feature, cone, kind);

    /// <summary>The feature's name, with its block in front where names repeat.</summary>
    public string Feature { get; }

    /// <summary>Which constituents it is for.</summary>
    public ConstituentCone Cone { get; }

    /// <summary>How it is scaled.</summary>
    public ScalingKind Kind { get; }

    /// <summary>Subtracted first.</summary>
    public double Mean { get; private init; }

    /// <summary>Divided by next; 0 for a feature that never varies.</summary>
    public double Std { get; private init; } = 1;

    /// <summary>Lower limit after scaling, perhaps -infinity.</summary>
    public double Low { get; private init; } = double.NegativeInfinity;

    /// <summary>Upper limit after scaling, perhaps infinity.</summary>
    public double High { get; private init; } = double.PositiveInfinity;

    /// <summary>What mean and spread of a normal feature were computed from.</summary>
    public Moments Sample { get; private init; }

    /// <summary>A feature that is left as it is.</summary>
    public static FeatureScale Identity(string feature, ScalingKind kind = ScalingKind.NoScaling) =>
        new(feature, ConstituentCone.Global, kind);

    /// <summary>The range [from, to] onto [-1, 1].</summary>
    /// <exception cref="Misuse">Not two increasing numbers.</exception>
    public static FeatureScale Linear(string feature, ConstituentCone cone, double from, double to) =>
        from < to && double.IsFinite(to - from)
            ? new(feature, cone, ScalingKind.Linear) { Mean = 0.5 * (from + to), Std = 0.5 * (to - from), Low = -1, High = 1 }
            : throw PhysicsErrors.BadLimits(feature, from, to);

    /// <summary>Mean 0 and population standard deviation 1, cut at <paramref name="limits"/> in deviations.</summary>
    /// <exception cref="StepFailed">Fewer than two finite values, or more of them not finite than allowed.</exception>
    /// <exception cref="Misuse">The limits do not increase.</exception>
    public static FeatureScale Normal(
        string feature,
        ConstituentCone cone,
        in Moments moments,
        (double Low, double High)? limits = null,
        double largestNotFinite = 0)
    {
        (double low, double high) = limits ?? (double.NegativeInfinity, double.PositiveInfinity);
        if (!(low < high)) throw PhysicsErrors.BadLimits(feature, low, high);
        if (moments.Seen - moments.Count > largestNotFinite * moments.Seen)
            throw PhysicsErrors.TooManyNotFinite(feature, moments, largestNotFinite);
        if (moments.Count < 2) throw PhysicsErrors.TooFewValues(feature, moments);
        return new(feature, cone, ScalingKind.Normal)
        {
            Mean = moments.Mean,
            Std = moments.StandardDeviation,
            Low = low,
            High = high,
            Sample = moments,
        };
    }

    /// <summary>A stored scaling.</summary>
    public static FeatureScale Stored(
        string feature,
        ConstituentCone cone,
        ScalingKind kind,
        (double Mean, double Std, double Low, double High) constants,
        Moments sample = default) =>
        new(feature, cone, kind)
        {
            Mean = constants.Mean,
            Std = constants.Std,
            Low = constants.Low,
            High = constants.High,
            Sample = sample,
        };

    /// <summary>Scales values, in place if both spans are the same.</summary>
    /// <exception cref="StepFailed">A result is not finite; names the row.</exception>
    public void Apply(ReadOnlySpan<float> values, Span<float> scaled)
    {
        (float mean, float std, float low, float high) = ((float)Mean, (float)Std, (float)Low, (float)High);
        for (int row = 0; row < values.Length; row++)
        {
            float value = values[row];
            float result = Missing.Is(value) || std == 0 ? 0 : Math.Clamp((value - mean) / std, low, high);
            if (!float.IsFinite(result)) throw PhysicsErrors.NotFinite(Feature, row, value);
            scaled[row] = result;
        }
    }
}
