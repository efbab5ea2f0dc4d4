namespace TauPipeline.Learning;

/// <summary>Two batches as one: the rows of the first, then those of the second.</summary>
internal static class JoinedBatches
{
    public static TrainingBatch Of(TrainingBatch first, TrainingBatch second) => new(
        first.Rows + second.Rows,
        [.. first.Inputs.Zip(second.Inputs, Of)],
        [.. first.Labels, .. second.Labels],
        [.. first.Weights, .. second.Weights])
    {
        Origin = row => (row < first.Rows ? first.Origin?.Invoke(row) : second.Origin?.Invoke(row - first.Rows)) ?? "",
    };

    private static InputRows Of(InputRows first, InputRows second) => new(first.Shape, [.. first.Values, .. second.Values])
    {
        Offsets = first.Shape.IsRagged ? [.. first.Offsets, .. second.Offsets.Skip(1).Select(offset => offset + first.Offsets[^1])] : [],
        Cells = [.. first.Cells, .. second.Cells],
    };
}
