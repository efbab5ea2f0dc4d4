namespace TauPipeline.Statistics;

/// <summary>Holm's step-down correction (1979) of p-values that are looked at together.</summary>
public static class HolmCorrection
{
    /// <summary>Adjusted p-values in the given order: below alpha means rejected with a family-wise error rate of alpha.</summary>
    public static double[] Adjust(ReadOnlySpan<double> pValues)
    {
        double[] sorted = pValues.ToArray();
        int[] order = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, order);
        var adjusted = new double[sorted.Length];
        double largest = 0;
        for (int rank = 0; rank < sorted.Length; rank++)
        {
            largest = Math.Max(largest, Math.Min(1, sorted[rank] * (sorted.Length - rank)));
            adjusted[order[rank]] = largest;
        }
        return adjusted;
    }
}
