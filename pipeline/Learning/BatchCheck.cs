namespace TauPipeline.Learning;

/// <summary>Holds a source to its word before its numbers reach native code.</summary>
internal static class BatchCheck
{
    public static void Check(TrainingBatch batch, FlatNetworkShape shape)
    {
        if (
            batch.Rows < 1
            || batch.Features.Length != batch.Rows * shape.Inputs
            || batch.Labels.Length != batch.Rows
            || batch.Weights.Length != batch.Rows)
            throw LearningErrors.BadBatch(
                $"{batch.Rows} rows, {batch.Features.Length} features, {batch.Labels.Length} labels, {batch.Weights.Length} weights",
                $"{shape.Inputs} features, a label and a weight per row");
        foreach (int label in batch.Labels)
            if (label < 0 || label >= shape.Classes) throw LearningErrors.BadBatch($"label {label}", $"0 to {shape.Classes - 1}");
    }
}
