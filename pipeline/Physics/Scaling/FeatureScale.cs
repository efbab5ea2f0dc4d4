using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Statistics;

namespace TauPipeline.Physics;

/// <summary>
/// The scaling of one feature: clamp((x - mean) / std, low, high) in float32 and in this order (training-and-evaluation 1.6).
/// A missing value becomes the pad value, as a rule 0, the middle of the scaled range.
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

    /// <summary>The values that it was worked out from.</summary>
    public Moments Sample { get; init; }

    /// <summary>What a missing value becomes.</summary>
    public double Pad { get; init; }

    /// <summary>What becomes of a value that is not finite.</summary>
    public NonFinite NonFinite { get; init; }

    /// <summary>A feature that is left as it is.</summary>
    public static FeatureScale Identity(
        string feature, ScalingKind kind = ScalingKind.NoScaling, ConstituentCone cone = ConstituentCone.Global) =>
        new(feature, cone, kind);

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
            throw PhysicsErrors.TooManyNotFinite(feature, moments, moments.Seen, largestNotFinite);
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

    /// <summary>The median onto 0, and what holds 34 % of the values on its wider side onto 1 (weaver, modern-peers 1.1).</summary>
    /// <param name="feature">Its name.</param>
    /// <param name="cone">Of which constituents.</param>
    /// <param name="values">At least one value.</param>
    /// <param name="limits">Limits after scaling.</param>
    /// <exception cref="Misuse">The limits do not increase.</exception>
    public static FeatureScale Quantile(string feature, ConstituentCone cone, ValueCounts values, (double Low, double High) limits)
    {
        if (!(limits.Low < limits.High)) throw PhysicsErrors.BadLimits(feature, limits.Low, limits.High);
        double[] quantiles = values.Quantiles([0.16, 0.5, 0.84]);
        double width = Math.Max(quantiles[2] - quantiles[1], quantiles[1] - quantiles[0]);
        return Stored(feature, cone, ScalingKind.Quantile, (quantiles[1], width > 0 ? width : 1, limits.Low, limits.High));
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
    /// <exception cref="StepFailed">A value may not be what it is, or a result is not finite; names the row.</exception>
    public void Apply(ReadOnlySpan<float> values, Span<float> scaled)
    {
        int bad = Scale(values, scaled);
        if (bad >= 0) throw PhysicsErrors.NotFinite(Feature, bad, values[bad]);
    }

    /// <summary>Scales values, in place if both spans are the same.</summary>
    /// <returns>Whether all could be.</returns>
    public bool TryApply(ReadOnlySpan<float> values, Span<float> scaled) => Scale(values, scaled) < 0;

    /// <summary>Scales values, in place if both spans are the same.</summary>
    /// <returns>The first that may not be what it is, or that would not be finite, before which it stops; -1 if there is none.</returns>
    internal int Scale(ReadOnlySpan<float> values, Span<float> scaled)
    {
        (float mean, float std, float low, float high) = ((float)Mean, (float)Std, (float)Low, (float)High);
        for (int row = 0; row < values.Length; row++)
        {
            float value = values[row];
            if (!float.IsFinite(value))
            {
                if (NonFinite == NonFinite.Error) return row;
                if (NonFinite == NonFinite.Pad || (NonFinite == NonFinite.Clamp && Missing.Is(value)))
                {
                    scaled[row] = (float)Pad;
                    continue;
                }
                if (NonFinite == NonFinite.Zero) value = 0;
            }
            float result = std == 0 ? 0 : Math.Clamp((value - mean) / std, low, high);
            if (!float.IsFinite(result)) return row;
            scaled[row] = result;
        }
        return -1;
    }
}
