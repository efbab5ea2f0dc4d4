namespace TauPipeline.Statistics;

/// <summary>The outcome of a comparison of two histograms.</summary>
/// <param name="Statistic">chi2, or the scaled Kolmogorov distance z.</param>
/// <param name="PValue">Probability of a statistic at least as large for samples of the same distribution.</param>
/// <param name="DegreesOfFreedom">Used bins less one for chi2, 0 for Kolmogorov.</param>
public readonly record struct HistogramTest(double Statistic, double PValue, int DegreesOfFreedom);
