namespace TauPipeline.Statistics;

/// <summary>
/// Count, mean and sum of squared deviations of a sample, mergeable without loss (Chan, Golub, LeVeque 1983); NaN and
/// infinite values are counted and left out.
/// </summary>
public readonly record struct Moments(long Count, double Mean, double SquaredDeviations, long NotANumber = 0, long Infinite = 0)
{
    /// <summary>Population variance; 0 for an empty sample.</summary>
    public double Variance => Count > 0 ? SquaredDeviations / Count : 0;

    /// <summary>Population standard deviation.</summary>
    public double StandardDeviation => Math.Sqrt(Variance);

    /// <summary>All values seen, left out or not.</summary>
    public long Seen => Count + NotANumber + Infinite;

    /// <summary>Moments of some values.</summary>
    public static Moments Of(ReadOnlySpan<double> values) => default(Moments).And(values);

    /// <summary>These and one more value.</summary>
    public Moments And(double value)
    {
        if (double.IsNaN(value)) return this with { NotANumber = NotANumber + 1 };
        if (double.IsInfinity(value)) return this with { Infinite = Infinite + 1 };
        double off = value - Mean, mean = Mean + off / (Count + 1);
        return this with { Count = Count + 1, Mean = mean, SquaredDeviations = SquaredDeviations + off * (value - mean) };
    }

    /// <summary>These and more values, in their order.</summary>
    public Moments And(ReadOnlySpan<double> values)
    {
        Moments result = this;
        foreach (double value in values) result = result.And(value);
        return result;
    }

    /// <summary>These and more values, in their order.</summary>
    public Moments And(ReadOnlySpan<float> values)
    {
        Moments result = this;
        foreach (float value in values) result = result.And(value);
        return result;
    }

    /// <summary>The moments of both samples together.</summary>
    public Moments And(Moments other)
    {
        long count = Count + other.Count;
        (long nan, long infinite) = (NotANumber + other.NotANumber, Infinite + other.Infinite);
        if (other.Count == 0) return this with { NotANumber = nan, Infinite = infinite };
        if (Count == 0) return other with { NotANumber = nan, Infinite = infinite };
        double off = other.Mean - Mean, share = (double)other.Count / count;
        return new(count, Mean + off * share, SquaredDeviations + other.SquaredDeviations + off * off * Count * share, nan, infinite);
    }
}
