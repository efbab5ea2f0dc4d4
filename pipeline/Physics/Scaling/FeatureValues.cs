using TauPipeline.Columns;
using TauPipeline.Expressions;

namespace TauPipeline.Physics;

/// <summary>The values of a feature over the rows of a batch, or over their constituents.</summary>
public readonly struct FeatureValues
{
    private readonly double[]? _when;

    private FeatureValues(double[] values, double[]? when) => (Values, _when) = (values, when);

    /// <summary>All values; NaN where they are missing.</summary>
    public double[] Values { get; }

    /// <summary>Whether the feature means anything there.</summary>
    public bool Counts(int index) => _when is null || (_when[index] != 0 && !double.IsNaN(_when[index]));

    /// <summary>The values of a feature.</summary>
    /// <exception cref="Foundation.StepFailed">A column is missing; names it.</exception>
    public static FeatureValues Of(Batch batch, Feature feature)
    {
        if (feature.IsFlat) return new(feature.Value?.Flat(batch) ?? batch[feature.Name].ToDoubles(), feature.When?.Flat(batch));
        string like = feature.Like;
        return new(
            (feature.Value ?? Expression.Parse(feature.Name, "")).Along(batch, like),
            feature.When?.Along(batch, like));
    }

    /// <summary>The values that count, of all constituents or of those in one cone.</summary>
    public IEnumerable<double> Of(ConstituentCone cone, ConstituentCone[]? cones)
    {
        for (int i = 0; i < Values.Length; i++)
            if (Counts(i) && (cone == ConstituentCone.Global || cones![i] == cone)) yield return Values[i];
    }
}
