using System.Runtime.InteropServices;
using TauPipeline.Foundation;

namespace TauPipeline.Statistics;

/// <summary>
/// How often each value of a sample came, for its quantiles. As long as there are no more than so many different values it is exact; from
/// there on neighbours share a cell: doubles in which all but so many leading bits are the same, as few dropped as will do. Cells are
/// nested, so that the result depends on the values alone, not on their order or on how they were shared among parts that are added up.
/// </summary>
public sealed class ValueCounts
{
    private const ulong SignBit = 1UL << 63;

    private readonly int _mostCells;
    private Dictionary<ulong, long> _cells = [];
    private int _dropped;

    /// <summary>Counts with so many cells.</summary>
    public ValueCounts(int mostCells)
    {
        if (mostCells < 2) throw new Defect($"counts of values need two cells, not {mostCells}");
        _mostCells = mostCells;
    }

    /// <summary>Number of finite values; others are not counted.</summary>
    public long Count { get; private set; }

    /// <summary>The smallest value, exactly; infinity if there is none.</summary>
    public double Minimum { get; private set; } = double.PositiveInfinity;

    /// <summary>The largest value, exactly; -infinity if there is none.</summary>
    public double Maximum { get; private set; } = double.NegativeInfinity;

    /// <summary>By how much of itself an order statistic may be wrong; 0 as long as all is exact.</summary>
    public double RelativeError => _dropped == 0 ? 0 : Math.ScaleB(1, _dropped - 53);

    /// <summary>Median, range and quantiles of normal deviations; <see langword="null"/> for an empty sample.</summary>
    public QuantileSummary? Summary => Count == 0 ? null : QuantileSummary.Of(Quantiles(QuantileSummary.Probabilities), (Minimum, Maximum));

    /// <summary>Adds a value; what is not finite is left out.</summary>
    public void Add(double value)
    {
        if (!double.IsFinite(value)) return;
        (Count, Minimum, Maximum) = (Count + 1, Math.Min(Minimum, value), Math.Max(Maximum, value));
        CollectionsMarshal.GetValueRefOrAddDefault(_cells, Key(value) >> _dropped, out _)++;
        if (_cells.Count > _mostCells) Coarsen();
    }

    /// <summary>Adds values.</summary>
    public void Add(ReadOnlySpan<double> values)
    {
        foreach (double value in values) Add(value);
    }

    /// <summary>Adds another sample with as many cells.</summary>
    public void Add(ValueCounts other)
    {
        if (other._mostCells != _mostCells) throw new Defect($"counts with {_mostCells} cells meet some with {other._mostCells}");
        (Count, Minimum, Maximum) =
            (Count + other.Count, Math.Min(Minimum, other.Minimum), Math.Max(Maximum, other.Maximum));
        while (_dropped < other._dropped) DropBit();
        foreach ((ulong cell, long count) in other._cells)
            CollectionsMarshal.GetValueRefOrAddDefault(_cells, cell >> (_dropped - other._dropped), out _) += count;
        if (_cells.Count > _mostCells) Coarsen();
    }

    /// <summary>Quantiles by linear interpolation between order statistics, as numpy's default.</summary>
    /// <param name="probabilities">In [0, 1], never falling.</param>
    /// <exception cref="StepFailed">There are no values.</exception>
    public double[] Quantiles(IReadOnlyList<double> probabilities)
    {
        if (Count == 0) throw StatisticsErrors.NothingToRank("a quantile");
        ulong[] sorted = [.. _cells.Keys.Order()];
        var quantiles = new double[probabilities.Count];
        (int cell, long before) = (0, 0L);
        for (int i = 0; i < quantiles.Length; i++)
        {
            double position = (Count - 1) * probabilities[i];
            long below = (long)position;
            while (before + _cells[sorted[cell]] <= below) before += _cells[sorted[cell++]];
            double low = Value(sorted[cell]), part = position - below;
            bool isLast = before + _cells[sorted[cell]] == below + 1;
            double high = isLast && cell + 1 < sorted.Length ? Value(sorted[cell + 1]) : low;
            quantiles[i] = part == 0 ? low : low + part * (high - low);
        }
        return quantiles;
    }

    /// <summary>The share of values below <paramref name="low"/> or above <paramref name="high"/>, as exact as quantiles are.</summary>
    public double ShareOutside(double low, double high)
    {
        long outside = 0;
        foreach ((ulong cell, long count) in _cells)
            if (Value(cell) is var value && (value < low || value > high)) outside += count;
        return Count == 0 ? 0 : (double)outside / Count;
    }

    /// <summary>Moments of the values up to <paramref name="high"/>, as exact as quantiles are.</summary>
    public Moments MomentsUpTo(double high)
    {
        var moments = new ExactMoments();
        foreach ((ulong cell, long count) in _cells)
            if (Value(cell) is var value && value <= high) moments.Add(value, count);
        return moments.Moments;
    }

    private void Coarsen()
    {
        while (_cells.Count > _mostCells) DropBit();
    }

    private void DropBit()
    {
        _dropped++;
        var coarser = new Dictionary<ulong, long>(_cells.Count);
        foreach ((ulong cell, long count) in _cells) CollectionsMarshal.GetValueRefOrAddDefault(coarser, cell >> 1, out _) += count;
        _cells = coarser;
    }

    // The middle of a cell, but no value that lies beyond all there are.
    private double Value(ulong cell) => _dropped == 0
        ? Number(cell)
        : Math.Clamp(Number((cell << _dropped) + (1UL << (_dropped - 1))), Minimum, Maximum);

    // Whole numbers in the order of the values; 0 and -0 are one.
    private static ulong Key(double value)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(value == 0 ? 0 : value);
        return (bits & SignBit) != 0 ? ~bits : bits | SignBit;
    }

    private static double Number(ulong key) =>
        BitConverter.UInt64BitsToDouble((key & SignBit) != 0 ? key & ~SignBit : ~key);
}
