using TauPipeline.Statistics;

namespace TauPipeline.Formats;

/// <summary>
/// The numbers of a curve in replicas of its events: an event is drawn as often in the same replica of every curve and campaign, so that
/// differences between curves of the same rows show how they spread.
/// </summary>
/// <param name="Sample">Tells which rows with which weights these are, in any order: equal for equal rows alone.</param>
/// <param name="Area">The area under the curve in each replica.</param>
/// <param name="Rates">For each fixed efficiency the misidentification rate in each replica.</param>
public sealed record ReplicaEntry(string Sample, IReadOnlyList<double?> Area, IReadOnlyList<IReadOnlyList<double?>> Rates)
{
    /// <summary>
    /// The standard deviation of the difference of two numbers, by their replicas; <see langword="null"/> where fewer than two have both.
    /// </summary>
    public static double? ErrorOfDifference(IReadOnlyList<double?> one, IReadOnlyList<double?> other)
    {
        double[] differences = [.. one.Zip(other, (a, b) => b - a).OfType<double>()];
        return differences.Length < 2 ? null : Math.Sqrt(Moments.Of(differences).SquaredDeviations / (differences.Length - 1));
    }
}
