using TauPipeline.Foundation;

namespace TauPipeline.Statistics;

/// <summary>Strictly increasing edges of half-open bins [low, high); they need not be uniform.</summary>
public sealed class BinEdges : IEquatable<BinEdges>
{
    private readonly double[] _edges;

    /// <summary>Bins between neighbouring edges.</summary>
    /// <exception cref="Misuse">Fewer than two edges, or an edge that is not finite and above the one before.</exception>
    public BinEdges(params ReadOnlySpan<double> edges)
    {
        if (edges.Length < 2) throw StatisticsErrors.TooFewEdges(edges.Length);
        for (int i = 0; i < edges.Length; i++)
            if (!double.IsFinite(edges[i]) || (i > 0 && edges[i] <= edges[i - 1]))
                throw StatisticsErrors.EdgeOrder(i, i > 0 ? edges[i - 1] : double.NegativeInfinity, edges[i]);
        _edges = edges.ToArray();
    }

    /// <summary>Equal bins from <paramref name="low"/> to <paramref name="high"/>.</summary>
    public static BinEdges Uniform(int bins, double low, double high)
    {
        if (bins < 1) throw StatisticsErrors.TooFewEdges(bins + 1);
        var edges = new double[bins + 1];
        for (int i = 0; i <= bins; i++) edges[i] = low + (high - low) * i / bins;
        return new BinEdges(edges);
    }

    /// <summary>Number of bins, one less than edges.</summary>
    public int Count => _edges.Length - 1;

    /// <summary>All edges, ascending.</summary>
    public IReadOnlyList<double> Edges => _edges;

    /// <summary>The lowest edge.</summary>
    public double Low => _edges[0];

    /// <summary>The highest edge; a value equal to it is outside.</summary>
    public double High => _edges[^1];

    /// <summary>Width of a bin.</summary>
    public double Width(int bin) => _edges[bin + 1] - _edges[bin];

    /// <summary>Middle of a bin.</summary>
    public double Centre(int bin) => 0.5 * (_edges[bin] + _edges[bin + 1]);

    /// <summary>
    /// The bin with low &lt;= value &lt; high; -1 below the first edge, <see cref="Count"/> at or above the last or for NaN.
    /// </summary>
    public int Find(double value)
    {
        if (!(value < High)) return Count;
        // The last edge that is not above the value.
        int low = -1;
        for (int high = Count; high - low > 1;)
        {
            int middle = (low + high) >> 1;
            if (_edges[middle] <= value) low = middle;
            else high = middle;
        }
        return low;
    }

    /// <summary>Whether the value lies in a bin.</summary>
    public bool Contains(double value) => value >= Low && value < High;

    /// <summary>For each of these bins the bin of <paramref name="coarse"/> that holds it: -1 below its range, its count above.</summary>
    /// <exception cref="Misuse">A coarse edge is not one of these edges (to 2 units of rounding of their sum).</exception>
    public int[] OnTo(BinEdges coarse)
    {
        foreach (double edge in coarse._edges)
            if (!HasEdge(edge)) throw StatisticsErrors.EdgeNotShared(edge, this);
        var map = new int[Count];
        for (int bin = 0; bin < map.Length; bin++) map[bin] = coarse.Find(Centre(bin));
        return map;
    }

    /// <summary>The edges as one text: equal edges, equal text; fit for a fingerprint.</summary>
    public string Canonical => string.Join(',', _edges.Select(SettingsUsed.Canonical));

    /// <inheritdoc/>
    public bool Equals(BinEdges? other) => other is not null && _edges.AsSpan().SequenceEqual(other._edges);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as BinEdges);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Count, Low, High);

    /// <inheritdoc/>
    public override string ToString() => Canonical;

    private bool HasEdge(double edge)
    {
        // 2 double epsilon times the sum: CreateSpectralHists' own tolerance (data-preparation 4.6.3)
        const double Tolerance = 2 * 2.220446049250313e-16;
        int at = Array.BinarySearch(_edges, edge);
        if (at >= 0) return true;
        return Near(~at) || Near(~at - 1);

        bool Near(int i) => i >= 0 && i < _edges.Length && Math.Abs(_edges[i] - edge) <= Tolerance * (Math.Abs(_edges[i]) + Math.Abs(edge));
    }
}
