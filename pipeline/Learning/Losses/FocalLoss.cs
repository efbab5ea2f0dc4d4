namespace TauPipeline.Learning;

/// <summary>
/// Cross-entropy times <c>(1 - p)^gamma</c> of the true class's output p: rows that are right already pull less (Lin et al.,
/// arXiv:1708.02002).
/// </summary>
/// <param name="gamma">0 is cross-entropy.</param>
/// <param name="factors">Times the loss of each class.</param>
internal sealed class FocalLoss(double gamma, IReadOnlyList<double> factors) : IOutputLoss
{
    /// <inheritdoc/>
    public double Of(ReadOnlySpan<double> outputs, int label, Span<double> slopes)
    {
        var right = new Clipped(outputs[label]);
        double wrong = 1 - right.Value, log = Math.Log(right.Value), factor = factors[label];
        slopes[label] += factor * right.Slope * (gamma * Math.Pow(wrong, gamma - 1) * log - Math.Pow(wrong, gamma) / right.Value);
        return -factor * Math.Pow(wrong, gamma) * log;
    }
}
