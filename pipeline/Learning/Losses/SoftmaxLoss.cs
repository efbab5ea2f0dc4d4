namespace TauPipeline.Learning;

/// <summary>A loss of outputs as a loss of logits.</summary>
/// <param name="loss">The loss of outputs.</param>
internal sealed class SoftmaxLoss(IOutputLoss loss) : IRowLoss
{
    /// <inheritdoc/>
    public double Of(ReadOnlySpan<double> logits, int label, Span<double> slopes)
    {
        Span<double> outputs = stackalloc double[logits.Length];
        Softmax(logits, outputs);
        slopes.Clear();
        double value = loss.Of(outputs, label, slopes);
        double mean = 0;
        for (int i = 0; i < outputs.Length; i++) mean += outputs[i] * slopes[i];
        for (int i = 0; i < outputs.Length; i++) slopes[i] = outputs[i] * (slopes[i] - mean);
        return value;
    }

    /// <summary>The outputs of these logits; their sum before the division, with the largest logit taken away.</summary>
    public static double Softmax(ReadOnlySpan<double> logits, Span<double> outputs)
    {
        double largest = logits[0], sum = 0;
        foreach (double logit in logits) largest = Math.Max(largest, logit);
        for (int i = 0; i < logits.Length; i++) sum += outputs[i] = Math.Exp(logits[i] - largest);
        for (int i = 0; i < logits.Length; i++) outputs[i] /= sum;
        return sum;
    }
}
