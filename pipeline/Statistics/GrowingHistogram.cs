namespace TauPipeline.Statistics;

/// <summary>
/// Counts values whose range nobody knows beforehand, in one pass and bounded memory. Bins are [i w, (i + 1) w) with w a power of two: the
/// narrowest with which all values fit into the bins allowed, and not below 1/1024 of the largest magnitude. Edges and counts depend
/// on the values alone, not on their order.
/// </summary>
/// <param name="bins">Most bins, at least 2.</param>
public sealed class GrowingHistogram(int bins)
{
    private const int Finest = -30;
    private const double MostWidths = 1024;

    private Dictionary<long, long> _counts = [];
    private int _power = Finest;
    private double _low = double.PositiveInfinity, _high = double.NegativeInfinity;

    /// <summary>Values that are not numbers.</summary>
    public long Missing { get; private set; }

    /// <summary>Values that are infinite: they have no bin.</summary>
    public long Infinite { get; private set; }

    /// <summary>Values in bins.</summary>
    public long Counted { get; private set; }

    /// <summary>Edges of all bins from the lowest value to the highest; none without a value.</summary>
    public IReadOnlyList<double> Edges =>
        _low > _high ? [] : [.. Enumerable.Range(0, Count + 1).Select(i => Math.ScaleB(Bin(_low) + i, _power))];

    /// <summary>Values in each bin.</summary>
    public IReadOnlyList<long> Counts =>
        _low > _high ? [] : [.. Enumerable.Range(0, Count).Select(i => _counts.GetValueOrDefault(Bin(_low) + i))];

    private int Count => (int)(Bin(_high) - Bin(_low)) + 1;

    /// <summary>Counts a value.</summary>
    public void Add(double value)
    {
        if (double.IsNaN(value)) Missing++;
        else if (double.IsInfinity(value)) Infinite++;
        else
        {
            Counted++;
            Cover(value, value);
            _counts[Bin(value)] = _counts.GetValueOrDefault(Bin(value)) + 1;
        }
    }

    /// <summary>Has bins for the values of another one, too: two that cover each other have the same edges.</summary>
    public void Cover(GrowingHistogram other)
    {
        if (other._low <= other._high) Cover(other._low, other._high);
    }

    private void Cover(double low, double high)
    {
        if (low >= _low && high <= _high) return;
        (_low, _high) = (Math.Min(low, _low), Math.Max(high, _high));
        while (Math.ScaleB(Math.Max(Math.Abs(_low), Math.Abs(_high)), -_power) > MostWidths || Bin(_high) - Bin(_low) >= bins) Coarsen();
    }

    // Two neighbours become one.
    private void Coarsen()
    {
        _power++;
        var coarse = new Dictionary<long, long>();
        foreach ((long bin, long count) in _counts) coarse[bin >> 1] = coarse.GetValueOrDefault(bin >> 1) + count;
        _counts = coarse;
    }

    // Exact, for the width is a power of two.
    private long Bin(double value) => (long)Math.Floor(Math.ScaleB(value, -_power));
}
