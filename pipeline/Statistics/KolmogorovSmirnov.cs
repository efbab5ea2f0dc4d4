namespace TauPipeline.Statistics;

/// <summary>The Kolmogorov test of two histograms, with ROOT's formula (exact only in the limit of narrow bins).</summary>
public static class KolmogorovSmirnov
{
    /// <summary>Probability of a scaled distance of at least z: 2 sum (-1)^(k-1) exp(-2 k^2 z^2).</summary>
    public static double Probability(double z)
    {
        if (z < 0.2) return 1;
        double sum = 0;
        if (z < 0.755)
        {
            // the same function as a theta series, which converges fast where the alternating one does not
            double rate = -Math.PI * Math.PI / (8 * z * z);
            for (int k = 1; k < 10; k += 2) sum += Math.Exp(rate * k * k);
            return 1 - Math.Sqrt(2 * Math.PI) / z * sum;
        }
        for (int k = 1; k < 20; k++) sum += (k % 2 == 1 ? 2 : -2) * Math.Exp(-2.0 * k * k * z * z);
        return Math.Max(sum, 0);
    }

    /// <summary>Compares shapes; <see langword="null"/> when a histogram is empty.</summary>
    public static HistogramTest? Compare(ReadOnlySpan<long> first, ReadOnlySpan<long> second)
    {
        double[] one = Doubles(first), other = Doubles(second);
        return Compare(one, one, other, other);
    }

    /// <summary>
    /// Compares shapes of weighted histograms, given contents and squared errors; <see langword="null"/> when the weights of one,
    /// which may be negative, do not add up to more than zero: it has no shape.
    /// </summary>
    public static HistogramTest? Compare(
        ReadOnlySpan<double> first,
        ReadOnlySpan<double> firstSquares,
        ReadOnlySpan<double> second,
        ReadOnlySpan<double> secondSquares)
    {
        if (first.Length != second.Length) throw StatisticsErrors.LengthsDiffer("the second histogram", first.Length, second.Length);
        double sumOne = OrderedSum.Of(first), sumTwo = OrderedSum.Of(second);
        if (!(sumOne > 0 && sumTwo > 0)) return null;
        double distance = 0, one = 0, two = 0;
        for (int i = 0; i < first.Length; i++)
        {
            one += first[i] / sumOne;
            two += second[i] / sumTwo;
            distance = Math.Max(distance, Math.Abs(one - two));
        }
        double n1 = ClopperPearson.EffectiveCount(sumOne, OrderedSum.Of(firstSquares)),
            n2 = ClopperPearson.EffectiveCount(sumTwo, OrderedSum.Of(secondSquares));
        double z = distance * Math.Sqrt(n1 * n2 / (n1 + n2));
        return new(z, Probability(z), 0);
    }

    private static double[] Doubles(ReadOnlySpan<long> counts)
    {
        var values = new double[counts.Length];
        for (int i = 0; i < values.Length; i++) values[i] = counts[i];
        return values;
    }
}
