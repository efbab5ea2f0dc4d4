using TauPipeline.Columns;

namespace TauPipeline.Physics;

/// <summary>A batch's columns as the input of a network: scaled, one row after the other.</summary>
public static class ScaledFeatures
{
    /// <summary>Rows times features, in the order of <paramref name="features"/>.</summary>
    /// <exception cref="Foundation.StepFailed">A column is missing, or a value is not finite; names both.</exception>
    public static float[] Of(Batch batch, IReadOnlyList<string> features, FeatureScaling scaling)
    {
        var scaled = new float[batch.Rows * features.Count];
        var column = new float[batch.Rows];
        for (int feature = 0; feature < features.Count; feature++)
        {
            double[] values = batch[features[feature]].ToDoubles();
            for (int row = 0; row < column.Length; row++) column[row] = (float)values[row];
            scaling.Of(features[feature]).Apply(column, column);
            for (int row = 0; row < column.Length; row++) scaled[row * features.Count + feature] = column[row];
        }
        return scaled;
    }
}
