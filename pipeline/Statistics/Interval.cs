namespace TauPipeline.Statistics;

/// <summary>A range of values, both ends included.</summary>
public readonly record struct Interval(double Low, double High);
