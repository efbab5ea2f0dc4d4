namespace TauPipeline.Learning;

/// <summary>
/// DeepTau's working-point loss: rows count more the further they are on the wrong side of the thresholds that will be cut at (training
/// specification, section 5).
/// </summary>
/// <param name="tau">The signal's class.</param>
/// <param name="factors">Times the part of each class, summing to their number.</param>
/// <param name="thresholds">Of the discriminator against each class; none for the tau's own.</param>
internal sealed class WorkingPointLoss(int tau, IReadOnlyList<double> factors, IReadOnlyList<IReadOnlyList<double>> thresholds)
    : IOutputLoss
{
    private const double Steepness = 40;

    /// <inheritdoc/>
    public double Of(ReadOnlySpan<double> outputs, int label, Span<double> slopes)
    {
        double value = 0;
        for (int other = 0; other < outputs.Length; other++)
        {
            if (other == tau || label != tau && label != other) continue;
            var against = new TauAgainst(outputs, tau, other);
            double right = label == tau ? against.Value : 1 - against.Value, wrong = 1 - right, log = Math.Log(right);
            double turn = label == tau ? -1 : 1;
            (double beyond, double slope) = Beyond(against.Value, thresholds[other], turn);
            value -= factors[other] * beyond * wrong * wrong * log;
            // By the share that is right: -2 wrong ln(right) + wrong^2 / right, with the sign of the discriminator.
            double byRight = 2 * wrong * log - wrong * wrong / right;
            against.AddTo(slopes, factors[other] * (-slope * wrong * wrong * log - turn * beyond * byRight));
        }
        return value;
    }

    // One, and the mean of how far each threshold is passed the wrong way; with its derivative.
    private static (double Value, double Slope) Beyond(double discriminator, IReadOnlyList<double> thresholds, double turn)
    {
        double value = 0, slope = 0;
        foreach (double threshold in thresholds)
        {
            double tanh = Math.Tanh(Steepness * (discriminator - threshold));
            value += (1 + turn * tanh) / 2;
            slope += turn * Steepness * (1 - tanh * tanh) / 2;
        }
        return thresholds.Count == 0 ? (1, 0) : (1 + value / thresholds.Count, slope / thresholds.Count);
    }
}
