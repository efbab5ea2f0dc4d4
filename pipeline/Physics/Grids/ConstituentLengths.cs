using TauPipeline.Columns;

namespace TauPipeline.Physics;

/// <summary>Holds the lists of constituents of one kind to the same lengths, row by row.</summary>
internal static class ConstituentLengths
{
    /// <summary>Holds a column to one value for each constituent; one number a candidate serves all of them.</summary>
    /// <param name="column">The column.</param>
    /// <param name="like">The column that says how many there are.</param>
    /// <param name="lengths">Where its rows begin, and the last one ends.</param>
    /// <exception cref="Foundation.StepFailed">A row has more or fewer.</exception>
    public static void Check(Column column, string like, int[] lengths)
    {
        if (!column.Spec.IsJagged) return;
        ReadOnlySpan<int> offsets = ElementRows.OffsetsOf(column);
        if (offsets.SequenceEqual(lengths)) return;
        int row = offsets.CommonPrefixLength(lengths) - 1;
        throw PhysicsErrors.OtherLength(
            (column.Spec.Name, offsets[row + 1] - offsets[row]), (like, lengths[row + 1] - lengths[row]), row);
    }
}
