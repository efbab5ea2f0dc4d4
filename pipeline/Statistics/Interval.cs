namespace TauPipeline.Statistics;

/// <summary>A range of values, both ends included.</summary>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>Whether a value lies in the range.</summary>
    public bool Contains(double value) => value >= Low && value <= High;
}
