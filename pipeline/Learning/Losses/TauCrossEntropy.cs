namespace TauPipeline.Learning;

/// <summary>
/// DeepTau's <c>tau_crossentropy</c>: the sum over fakes X of the binary cross-entropy of <c>o_tau / (o_tau + o_X)</c> (training
/// specification, section 5).
/// </summary>
/// <param name="tau">The signal's class.</param>
/// <param name="factors">Times the part of each class, summing to their number.</param>
internal sealed class TauCrossEntropy(int tau, IReadOnlyList<double> factors) : IOutputLoss
{
    /// <inheritdoc/>
    public double Of(ReadOnlySpan<double> outputs, int label, Span<double> slopes)
    {
        double value = 0;
        for (int other = 0; other < outputs.Length; other++)
        {
            if (other == tau || label != tau && label != other) continue;
            var against = new TauAgainst(outputs, tau, other);
            double right = label == tau ? against.Value : 1 - against.Value;
            value -= factors[other] * Math.Log(right);
            against.AddTo(slopes, (label == tau ? -factors[other] : factors[other]) / right);
        }
        return value;
    }
}
