namespace TauPipeline.Statistics;

/// <summary>Median, range, and the quantiles where a normal distribution has -k and +k standard deviations, k = 1, 2, 3, 5.</summary>
/// <param name="Median">Probability 0.5.</param>
/// <param name="Minimum">Smallest value.</param>
/// <param name="Maximum">Largest value.</param>
/// <param name="Sigmas">For each k the quantiles at Phi(-k) and Phi(k).</param>
public sealed record QuantileSummary(
    double Median,
    double Minimum,
    double Maximum,
    IReadOnlyList<(int Sigma, double Left, double Right)> Sigmas)
{
    // Phi(-k), data-preparation 4.10
    private static readonly (int Sigma, double Tail)[] Tails =
    [
        (1, 0.158655253931),
        (2, 0.0227501319482),
        (3, 0.0013498980316),
        (5, 2.86651571868e-07),
    ];

    /// <summary>The probabilities of these quantiles, rising.</summary>
    public static IReadOnlyList<double> Probabilities { get; } =
        [.. Tails.Select(level => level.Tail).Reverse(), 0.5, .. Tails.Select(level => 1 - level.Tail)];

    /// <summary>The summary of a sample in any order; <see langword="null"/> for an empty one.</summary>
    public static QuantileSummary? Of(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty) return null;
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        return Of([.. Probabilities.Select(probability => Quantile.OfSorted(sorted, probability))], (sorted[0], sorted[^1]));
    }

    /// <summary>The summary whose quantiles at <see cref="Probabilities"/> are these.</summary>
    public static QuantileSummary Of(IReadOnlyList<double> quantiles, (double Minimum, double Maximum) range)
    {
        int median = Tails.Length;
        return new(quantiles[median], range.Minimum, range.Maximum,
            [.. Tails.Select((level, i) => (level.Sigma, quantiles[median - 1 - i], quantiles[median + 1 + i]))]);
    }
}
