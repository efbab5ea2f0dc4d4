namespace TauPipeline.Statistics;

/// <summary>
/// Joins bins with too few entries for a chi2 test to be trusted (Cochran 1954). Only sums over both histograms decide, so that under the
/// hypothesis that both are of one distribution the choice says nothing about either.
/// </summary>
public static class SparseBins
{
    /// <summary>
    /// Neighbouring bins joined until each has at least <paramref name="leastExpected"/> expected entries in the smaller histogram; what
    /// is left over at the end goes into the last one. No bin at all if even all entries together are too few.
    /// </summary>
    public static (long[] First, long[] Second) Join(ReadOnlySpan<long> first, ReadOnlySpan<long> second, double leastExpected)
    {
        if (first.Length != second.Length) throw StatisticsErrors.LengthsDiffer("the second histogram", first.Length, second.Length);
        long sumOne = 0, sumTwo = 0;
        for (int i = 0; i < first.Length; i++) (sumOne, sumTwo) = (sumOne + first[i], sumTwo + second[i]);
        double smallerShare = sumOne + sumTwo == 0 ? 0 : (double)Math.Min(sumOne, sumTwo) / (sumOne + sumTwo);
        List<long> one = [], two = [];
        long openOne = 0, openTwo = 0;
        for (int i = 0; i < first.Length; i++)
        {
            (openOne, openTwo) = (openOne + first[i], openTwo + second[i]);
            if (openOne + openTwo == 0 || (openOne + openTwo) * smallerShare < leastExpected) continue;
            one.Add(openOne);
            two.Add(openTwo);
            (openOne, openTwo) = (0, 0);
        }
        if (one.Count > 0) (one[^1], two[^1]) = (one[^1] + openOne, two[^1] + openTwo);
        return ([.. one], [.. two]);
    }
}
