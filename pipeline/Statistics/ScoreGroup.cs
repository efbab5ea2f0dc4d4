namespace TauPipeline.Statistics;

/// <summary>Sums of weights (and of squares) of both classes over all rows with a score of at least <c>Score</c>.</summary>
internal readonly record struct ScoreGroup(double Score, double Positives, double PositiveSquares, double Negatives, double NegativeSquares)
{
    /// <summary>One group for each distinct score with weight, descending; sums are cumulative.</summary>
    public static List<ScoreGroup> Of(
        RankedSample ranked,
        ReadOnlySpan<bool> positive,
        ReadOnlySpan<double> scores,
        ReadOnlySpan<double> weights)
    {
        var groups = new List<ScoreGroup>(ranked.GroupEnds.Length);
        OrderedSum positives = new(), positiveSquares = new(), negatives = new(), negativeSquares = new();
        int start = 0;
        foreach (int end in ranked.GroupEnds)
        {
            bool any = false;
            foreach (int row in ranked.Order.AsSpan(start, end - start))
            {
                double weight = weights.IsEmpty ? 1 : weights[row];
                any |= weight != 0;
                (positive[row] ? ref positives : ref negatives).Add(weight);
                (positive[row] ? ref positiveSquares : ref negativeSquares).Add(weight * weight);
            }
            if (any)
                groups.Add(
                    new(scores[ranked.Order[start]], positives.Value, positiveSquares.Value, negatives.Value, negativeSquares.Value));
            start = end;
        }
        return groups;
    }
}
