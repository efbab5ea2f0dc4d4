using TauPipeline.Columns;
using TauPipeline.Expressions;

namespace TauPipeline.Physics;

/// <summary>The objects of a list for the rows of a batch, their features scaled.</summary>
/// <param name="Offsets">Where the objects of each row begin, and those of the last one end.</param>
/// <param name="Values">The features of each object, object by object.</param>
public sealed record ListRows(int[] Offsets, float[] Values)
{
    /// <summary>Those of a batch; a row's do not depend on the rows beside it.</summary>
    /// <exception cref="Foundation.StepFailed">
    /// A column is missing or holds no lists, a row has lists of different lengths, or a value is not finite.
    /// </exception>
    public static ListRows Of(Batch batch, ObjectList list, FeatureScaling scaling)
    {
        string like = ConstituentCones.PtOf(list.Group.Constituents);
        Column pt = batch[like];
        if (!pt.Spec.IsJagged) throw PhysicsErrors.NoLists(like);
        int[] lengths = ElementRows.OffsetsOf(pt).ToArray();
        foreach (string name in list.Columns) ConstituentLengths.Check(batch[name], like, lengths);
        (int[] offsets, int[] places) = Chosen(batch, list, (like, lengths));
        IReadOnlyList<Feature> features = list.Group.Features;
        float[] values = new float[places.Length * features.Count], column = new float[places.Length];
        for (int feature = 0; feature < features.Count; feature++)
        {
            FeatureValues all = FeatureValues.Of(batch, features[feature]);
            FeatureScale scale = scaling.Of(features[feature].Name);
            for (int i = 0; i < places.Length; i++) column[i] = all.Counts(places[i]) ? (float)all.Values[places[i]] : 0;
            scale.Apply(column, column);
            for (int i = 0; i < places.Length; i++)
                values[i * features.Count + feature] = all.Counts(places[i]) ? column[i] : (float)scale.Pad;
        }
        return new(offsets, values);
    }

    private static (int[] Offsets, int[] Places) Chosen(Batch batch, ObjectList list, (string Like, int[] Lengths) of)
    {
        double[] by = (list.By ?? Expression.Parse(of.Like, "")).Along(batch, of.Like);
        double[]? when = list.Group.When?.Along(batch, of.Like);
        var places = new List<int>();
        int[] offsets = new int[batch.Rows + 1];
        for (int row = 0; row < batch.Rows; row++)
        {
            places.AddRange(Enumerable.Range(of.Lengths[row], of.Lengths[row + 1] - of.Lengths[row])
                .Where(at => when is null || (when[at] != 0 && !double.IsNaN(when[at])))
                .OrderByDescending(at => double.IsNaN(by[at]) ? double.NegativeInfinity : by[at]) // keeps the order of equal ones
                .Take(list.Most));
            offsets[row + 1] = places.Count;
        }
        return (offsets, [.. places]);
    }
}
