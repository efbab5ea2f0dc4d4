using TauPipeline.Foundation;

namespace TauPipeline.Plotting;

/// <summary>One working point's rate in each bin.</summary>
/// <param name="Name">The working point.</param>
/// <param name="Values">The rate in each bin; a bin without entries is not a number and is left out.</param>
/// <param name="Low">Lower ends of the confidence intervals.</param>
/// <param name="High">Upper ends of the confidence intervals.</param>
public sealed record EfficiencySeries(string Name, double[] Values, double[] Low, double[] High)
{
    /// <summary>Edges of its own bins, where they are not those of the figure.</summary>
    public double[]? Edges { get; init; }

    internal void Check(int bins)
    {
        if (Edges is not null) bins = Edges.Length - 1;
        if (Values.Length != bins || Low.Length != bins || High.Length != bins)
            throw new Defect(new ErrorText($"the arrays of working point '{Name}' do not fit the edges",
                [("bins", $"{bins}"), ("values, low, high", $"{Values.Length}, {Low.Length}, {High.Length}")]));
    }
}
