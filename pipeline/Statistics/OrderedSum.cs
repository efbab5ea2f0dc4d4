namespace TauPipeline.Statistics;

/// <summary>
/// A sum in the order of the calls with the lost low bits carried along (Neumaier 1974): the same value on every machine,
/// and nearly independent of how rows were sharded.
/// </summary>
public struct OrderedSum
{
    private double _sum;
    private double _lost;

    /// <summary>The sum so far.</summary>
    public readonly double Value => double.IsFinite(_lost) ? _sum + _lost : _sum;

    /// <summary>Adds one value.</summary>
    public void Add(double value)
    {
        double next = _sum + value;
        _lost += Math.Abs(_sum) >= Math.Abs(value) ? _sum - next + value : value - next + _sum;
        _sum = next;
    }

    /// <summary>The sum of some values in their order.</summary>
    public static double Of(ReadOnlySpan<double> values)
    {
        var sum = new OrderedSum();
        foreach (double value in values) sum.Add(value);
        return sum.Value;
    }
}
