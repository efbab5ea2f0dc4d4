namespace TauPipeline.Learning;

/// <summary>
/// Cross-entropy with the true class, or with a target that gives a share of it to all classes alike (label smoothing, Szegedy et al.,
/// arXiv:1512.00567).
/// </summary>
/// <param name="smoothing">That share, in [0, 1).</param>
internal sealed class CrossEntropy(double smoothing) : IRowLoss
{
    /// <inheritdoc/>
    public double Of(ReadOnlySpan<double> logits, int label, Span<double> slopes)
    {
        double sum = SoftmaxLoss.Softmax(logits, slopes), largest = logits[0], value = 0, each = smoothing / logits.Length;
        foreach (double logit in logits) largest = Math.Max(largest, logit);
        double all = Math.Log(sum) + largest;
        for (int i = 0; i < logits.Length; i++)
        {
            double target = each + (i == label ? 1 - smoothing : 0);
            if (target > 0) value += target * (all - logits[i]);
            slopes[i] -= target;
        }
        return value;
    }
}
