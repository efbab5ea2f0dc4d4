namespace TauPipeline.Statistics;

/// <summary>Sums of weights and of squared weights in bins, with one cell below and one above the range.</summary>
public sealed class WeightedHistogram
{
    private readonly OrderedSum[] _weights;
    private readonly OrderedSum[] _squares;

    /// <summary>An empty histogram.</summary>
    public WeightedHistogram(BinEdges edges)
    {
        Edges = edges;
        _weights = new OrderedSum[edges.Count + 2];
        _squares = new OrderedSum[edges.Count + 2];
    }

    /// <summary>The binning.</summary>
    public BinEdges Edges { get; }

    /// <summary>Sums of weights of the bins in range.</summary>
    public double[] Contents => Values(_weights);

    /// <summary>Sums of squared weights (squared errors) of the bins in range.</summary>
    public double[] Squares => Values(_squares);

    /// <summary>Adds one weighted value.</summary>
    public void Fill(double value, double weight = 1)
    {
        int cell = Edges.Find(value) + 1;
        _weights[cell].Add(weight);
        _squares[cell].Add(weight * weight);
    }

    private static double[] Values(OrderedSum[] cells) => [.. cells[1..^1].Select(cell => cell.Value)];
}
