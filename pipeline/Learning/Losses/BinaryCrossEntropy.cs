namespace TauPipeline.Learning;

/// <summary>Each output against its own yes or no, averaged over classes.</summary>
internal sealed class BinaryCrossEntropy : IOutputLoss
{
    /// <inheritdoc/>
    public double Of(ReadOnlySpan<double> outputs, int label, Span<double> slopes)
    {
        double value = 0;
        for (int i = 0; i < outputs.Length; i++)
        {
            var output = new Clipped(outputs[i]);
            value -= Math.Log(i == label ? output.Value : 1 - output.Value);
            slopes[i] += output.Slope / (i == label ? -output.Value : 1 - output.Value) / outputs.Length;
        }
        return value / outputs.Length;
    }
}
