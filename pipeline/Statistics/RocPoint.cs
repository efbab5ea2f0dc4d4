namespace TauPipeline.Statistics;

/// <summary>One point of a ROC curve: rows with score &gt;= threshold are called positive.</summary>
public readonly record struct RocPoint(double Threshold, double FalsePositiveRate, double TruePositiveRate);
