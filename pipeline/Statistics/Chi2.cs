namespace TauPipeline.Statistics;

/// <summary>The chi2 test of the shapes of two histograms (Gagunashvili 2010, as in ROOT).</summary>
public static class Chi2
{
    /// <summary>Probability of a chi2 of at least this value.</summary>
    public static double Probability(double chi2, int degreesOfFreedom) =>
        degreesOfFreedom <= 0 ? 1 : GammaFunctions.UpperTail(0.5 * degreesOfFreedom, 0.5 * chi2);

    /// <summary>
    /// Compares counts: sum of (M n - N m)^2 / (n + m) over N M, bins empty in both left out; <see langword="null"/> when a histogram is
    /// empty.
    /// </summary>
    public static HistogramTest? Compare(ReadOnlySpan<long> first, ReadOnlySpan<long> second)
    {
        if (first.Length != second.Length) throw StatisticsErrors.LengthsDiffer("the second histogram", first.Length, second.Length);
        double sumOne = 0, sumTwo = 0;
        for (int i = 0; i < first.Length; i++) (sumOne, sumTwo) = (sumOne + first[i], sumTwo + second[i]);
        if (sumOne == 0 || sumTwo == 0) return null;
        double sum = 0;
        int used = 0;
        for (int i = 0; i < first.Length; i++)
        {
            if (first[i] + second[i] == 0) continue;
            double off = sumTwo * first[i] - sumOne * second[i];
            sum += off * off / (first[i] + second[i]);
            used++;
        }
        return Result(sum / (sumOne * sumTwo), used - 1);
    }

    /// <summary>Compares weighted histograms, given contents and squared errors; <see langword="null"/> when the weights of
    /// one, which may be negative, do not add up to more than zero: it has no shape.</summary>
    public static HistogramTest? Compare(
        ReadOnlySpan<double> first,
        ReadOnlySpan<double> firstSquares,
        ReadOnlySpan<double> second,
        ReadOnlySpan<double> secondSquares)
    {
        if (first.Length != second.Length) throw StatisticsErrors.LengthsDiffer("the second histogram", first.Length, second.Length);
        double sumOne = OrderedSum.Of(first), sumTwo = OrderedSum.Of(second);
        if (!(sumOne > 0 && sumTwo > 0)) return null;
        var sum = new OrderedSum();
        int used = 0;
        for (int i = 0; i < first.Length; i++)
        {
            double spread = sumTwo * sumTwo * firstSquares[i] + sumOne * sumOne * secondSquares[i];
            if (spread == 0) continue;
            double off = sumTwo * first[i] - sumOne * second[i];
            sum.Add(off * off / spread);
            used++;
        }
        return Result(sum.Value, used - 1);
    }

    private static HistogramTest Result(double chi2, int degreesOfFreedom) =>
        new(chi2, Probability(chi2, degreesOfFreedom), degreesOfFreedom);
}
