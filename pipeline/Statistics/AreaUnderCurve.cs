namespace TauPipeline.Statistics;

/// <summary>
/// The area under a ROC curve and its standard error after DeLong, DeLong and Clarke-Pearson (1988); for weighted rows the
/// variance of a weighted mean takes the place of the plain one.
/// </summary>
/// <param name="Value">The probability that a positive row outscores a negative one, ties counting half (trapezoid rule).</param>
/// <param name="Error">Standard error; <see langword="null"/> when a class has a single row.</param>
public readonly record struct AreaUnderCurve(double Value, double? Error)
{
    internal static AreaUnderCurve Of(List<ScoreGroup> groups)
    {
        ScoreGroup total = groups[^1], before = default;
        var area = new OrderedSum();
        foreach (ScoreGroup group in groups)
        {
            area.Add((group.Negatives - before.Negatives) * 0.5 * (group.Positives + before.Positives));
            before = group;
        }
        double value = area.Value / (total.Positives * total.Negatives);

        // a row's placement: the share of the other class that it outscores, or is outscored by, ties counting half
        OrderedSum positives = new(), negatives = new();
        before = default;
        foreach (ScoreGroup group in groups)
        {
            double below = 1 - 0.5 * (group.Negatives + before.Negatives) / total.Negatives,
                above = 0.5 * (group.Positives + before.Positives) / total.Positives;
            positives.Add((group.PositiveSquares - before.PositiveSquares) * (below - value) * (below - value));
            negatives.Add((group.NegativeSquares - before.NegativeSquares) * (above - value) * (above - value));
            before = group;
        }
        double? variance =
            VarianceOfMean(positives.Value, total.Positives, total.PositiveSquares)
            + VarianceOfMean(negatives.Value, total.Negatives, total.NegativeSquares);
        return new(value, variance is double known ? Math.Sqrt(known) : null);
    }

    // n / (n - 1) with the effective count for n
    private static double? VarianceOfMean(double spread, double weights, double squares)
    {
        double count = ClopperPearson.EffectiveCount(weights, squares);
        return count > 1 + 1e-12 ? spread / (weights * weights) * count / (count - 1) : null;
    }
}
