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

    /// <summary>
    /// The same before scaling, for who scales as <see cref="FeatureScale"/> does: NaN is what does not count or is missing, and becomes the
    /// pad value; what is not finite and stands for 0 (<see cref="NonFinite.Zero"/>) is 0.
    /// </summary>
    /// <exception cref="Foundation.StepFailed">A column is missing.</exception>
    public static float[] Unscaled(Batch batch, IReadOnlyList<Feature> features, FeatureScaling scaling)
    {
        var raw = new float[batch.Rows * features.Count];
        for (int feature = 0; feature < features.Count; feature++)
        {
            FeatureValues values = FeatureValues.Of(batch, features[feature]);
            bool isZero = scaling.Of(features[feature].Name).NonFinite == NonFinite.Zero;
            for (int row = 0; row < batch.Rows; row++)
            {
                float value = values.Counts(row) ? (float)values.Values[row] : float.NaN;
                raw[row * features.Count + feature] = isZero && values.Counts(row) && !float.IsFinite(value) ? 0 : value;
            }
        }
        return raw;
    }
}
