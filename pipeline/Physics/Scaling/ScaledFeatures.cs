using TauPipeline.Columns;

namespace TauPipeline.Physics;

/// <summary>A batch's features as the input of a network: scaled, one row after the other.</summary>
public static class ScaledFeatures
{
    /// <summary>Rows times features, in the order of <paramref name="features"/>, each of which is one number a row.</summary>
    /// <exception cref="Foundation.StepFailed">A column is missing, or a value is not finite; names both.</exception>
    public static float[] Of(Batch batch, IReadOnlyList<Feature> features, FeatureScaling scaling)
    {
        var scaled = new float[batch.Rows * features.Count];
        var column = new float[batch.Rows];
        for (int feature = 0; feature < features.Count; feature++)
        {
            FeatureValues values = FeatureValues.Of(batch, features[feature]);
            FeatureScale scale = scaling.Of(features[feature].Name);
            for (int row = 0; row < column.Length; row++) column[row] = values.Counts(row) ? (float)values.Values[row] : 0;
            scale.Apply(column, column);
            for (int row = 0; row < column.Length; row++)
                scaled[row * features.Count + feature] = values.Counts(row) ? column[row] : (float)scale.Pad;
        }
        return scaled;
    }
}
