using TauPipeline.Foundation;

namespace TauPipeline.Statistics;

/// <summary>Exact counts in bins, with one cell below and one above the range.</summary>
public sealed class CountHistogram
{
    private readonly long[] _cells;

    /// <summary>An empty histogram.</summary>
    public CountHistogram(BinEdges edges)
    {
        Edges = edges;
        _cells = new long[edges.Count + 2];
    }

    /// <summary>The binning.</summary>
    public BinEdges Edges { get; }

    /// <summary>Counts of the bins in range.</summary>
    public ReadOnlySpan<long> Counts => _cells.AsSpan(1, Edges.Count);

    /// <summary>Entries below the first edge.</summary>
    public long Underflow => _cells[0];

    /// <summary>Entries at or above the last edge, and NaN.</summary>
    public long Overflow => _cells[^1];

    /// <summary>All entries, in range or not.</summary>
    public long Entries => _cells.Sum();

    /// <summary>Counts one value.</summary>
    public void Fill(double value) => _cells[Edges.Find(value) + 1]++;

    /// <summary>Adds entries to a bin; -1 is the underflow, <c>Edges.Count</c> the overflow.</summary>
    public void AddTo(int bin, long entries) => _cells[bin + 1] += entries;

    /// <summary>Adds the entries of another histogram.</summary>
    /// <exception cref="Defect">Its binning differs.</exception>
    public void Add(CountHistogram other)
    {
        if (!Edges.Equals(other.Edges)) throw StatisticsErrors.OtherBinning(other.Edges.Canonical, Edges.Canonical);
        for (int i = 0; i < _cells.Length; i++) _cells[i] += other._cells[i];
    }
}
