namespace TauPipeline.Learning;

/// <summary>
/// DeepTau's <c>tau_crossentropy_v2</c>: cross-entropy for taus, focal terms for fakes of which the second counts only where the tau's
/// output is not small already (training specification, section 5).
/// </summary>
/// <param name="tau">The signal's class.</param>
/// <param name="factors">Times the part of each class, summing to their number.</param>
internal sealed class TauCrossEntropyV2(int tau, IReadOnlyList<double> factors) : IOutputLoss
{
    // One over the integrals from 0 to 1 of (1-x)^2 (-ln x) and (1-x)^0.5 (-ln x).
    private const double SquareNorm = 1.63636, RootNorm = 1.17153;
    private const double Steepness = 70, Threshold = 0.1, FakeFactor = 5;

    private readonly double _fakes = factors.Sum() - factors[tau];

    /// <inheritdoc/>
    public double Of(ReadOnlySpan<double> outputs, int label, Span<double> slopes)
    {
        var output = new Clipped(outputs[tau]);
        if (label == tau)
        {
            slopes[tau] -= factors[tau] * output.Slope / output.Value;
            return -factors[tau] * Math.Log(output.Value);
        }
        return Combined(output, slopes) + Fake(outputs, label, slopes);
    }

    private double Combined(Clipped output, Span<double> slopes)
    {
        double root = Math.Sqrt(output.Value), log = Math.Log(1 - output.Value), factor = _fakes * RootNorm;
        slopes[tau] += factor * output.Slope * (root / (1 - output.Value) - log / (2 * root));
        return -factor * root * log;
    }

    private double Fake(ReadOnlySpan<double> outputs, int label, Span<double> slopes)
    {
        var output = new Clipped(outputs[label]);
        double tanh = Math.Tanh(Steepness * (outputs[tau] - Threshold)), decay = (tanh + 1) / 2;
        double wrong = 1 - output.Value, log = Math.Log(output.Value), factor = FakeFactor * factors[label] * SquareNorm;
        slopes[tau] -= factor * Steepness * (1 - tanh * tanh) / 2 * wrong * wrong * log;
        slopes[label] += factor * decay * output.Slope * (2 * wrong * log - wrong * wrong / output.Value);
        return -factor * decay * wrong * wrong * log;
    }
}
