namespace TauPipeline.Learning;

/// <summary>Two losses, the second times a factor.</summary>
internal sealed class LossSum(IOutputLoss first, double factor, IOutputLoss second) : IOutputLoss
{
    /// <inheritdoc/>
    public double Of(ReadOnlySpan<double> outputs, int label, Span<double> slopes)
    {
        Span<double> others = stackalloc double[slopes.Length];
        others.Clear();
        double value = first.Of(outputs, label, slopes) + factor * second.Of(outputs, label, others);
        for (int i = 0; i < slopes.Length; i++) slopes[i] += factor * others[i];
        return value;
    }
}
