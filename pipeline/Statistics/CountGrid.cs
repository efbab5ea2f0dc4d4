using TauPipeline.Foundation;

namespace TauPipeline.Statistics;

/// <summary>Exact counts over two variables x and y, with under- and overflow cells all round.</summary>
public sealed class CountGrid
{
    private readonly long[] _cells;

    /// <summary>An empty grid.</summary>
    public CountGrid(BinEdges x, BinEdges y)
    {
        (X, Y) = (x, y);
        _cells = new long[(x.Count + 2) * (y.Count + 2)];
    }

    /// <summary>A grid from all its cells as <see cref="Cells"/> gives them.</summary>
    /// <exception cref="Defect">Their number does not fit the edges.</exception>
    public CountGrid(BinEdges x, BinEdges y, ReadOnlySpan<long> cells) : this(x, y)
    {
        if (cells.Length != _cells.Length) throw StatisticsErrors.LengthsDiffer("a grid of counts", _cells.Length, cells.Length);
        cells.CopyTo(_cells);
    }

    /// <summary>The binning of x.</summary>
    public BinEdges X { get; }

    /// <summary>The binning of y.</summary>
    public BinEdges Y { get; }

    /// <summary>Count of a bin; indices -1 and <c>Count</c> are underflow and overflow.</summary>
    public long this[int x, int y] => _cells[Cell(x, y)];

    /// <summary>All (X.Count + 2) x (Y.Count + 2) cells, x outermost, underflow first.</summary>
    public ReadOnlySpan<long> Cells => _cells;

    /// <summary>All entries, in range or not.</summary>
    public long Entries => _cells.Sum();

    /// <summary>Counts one pair of values.</summary>
    public void Fill(double x, double y) => _cells[Cell(X.Find(x), Y.Find(y))]++;

    /// <summary>Adds entries to a bin.</summary>
    public void AddTo(int x, int y, long entries) => _cells[Cell(x, y)] += entries;

    /// <summary>Adds the entries of another grid.</summary>
    /// <exception cref="Defect">Its binning differs.</exception>
    public void Add(CountGrid other)
    {
        if (!X.Equals(other.X) || !Y.Equals(other.Y)) throw StatisticsErrors.OtherBinning($"{other.X} x {other.Y}", $"{X} x {Y}");
        for (int i = 0; i < _cells.Length; i++) _cells[i] += other._cells[i];
    }

    private int Cell(int x, int y) => (x + 1) * (Y.Count + 2) + y + 1;
}
