namespace TauPipeline.Learning;

/// <summary>How the loss of a head counts: cross-entropy over its values, for the rows that have one.</summary>
/// <param name="Factor">Times the loss of the head, beside that of the classes.</param>
/// <param name="Factors">Times the loss of rows of each value; empty for 1 each.</param>
public sealed record HeadLossPlan(double Factor, IReadOnlyList<double> Factors);
