using TauPipeline.Foundation;

namespace TauPipeline.Statistics;

/// <summary>How a number spreads over the replicas of a bootstrap.</summary>
/// <param name="Interval">The central 68 % of the replicas.</param>
/// <param name="Deviation">Their standard deviation.</param>
public readonly record struct BootstrapSpread(Interval Interval, double Deviation);

/// <summary>
/// Uncertainties of any numbers made of weighted rows, by resampling events: all rows of an event enter a replica together,
/// with a Poisson(1) multiplicity drawn from key, replica and event alone. So rows that were measured together stay together,
/// weights may have any sign, and neither the order of rows nor their shards matter.
/// </summary>
/// <param name="events">For each row a number that its event alone has.</param>
/// <param name="weights">One for each row.</param>
/// <param name="replicas">How many times to resample.</param>
/// <param name="key">Of the random numbers.</param>
public sealed class EventBootstrap(ulong[] events, double[] weights, int replicas, ulong key)
{
    // 2^64 over the golden ratio: neighbouring replicas get keys that differ in half their bits
    private const ulong ReplicaStep = 0x9E3779B97F4A7C15;

    // of a normal distribution below -1 standard deviation
    private const double Tail = 0.15865525393145707;

    /// <summary>
    /// The spread of each number that <paramref name="statistic"/> makes of a replica's weights (it must not keep them);
    /// <see langword="null"/> for a number that fewer than half of the replicas define.
    /// </summary>
    public IReadOnlyList<BootstrapSpread?> Spreads(Func<double[], IReadOnlyList<double?>> statistic) =>
        [
            .. Replicas(statistic).Select(numbers => (double[])[.. numbers.OfType<double>()])
                .Select(numbers => 2 * numbers.Length >= replicas ? Spread(numbers) : (BootstrapSpread?)null),
        ];

    /// <summary>
    /// For each number that <paramref name="statistic"/> makes of a replica's weights (it must not keep them) its value in every replica.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<double?>> Replicas(Func<double[], IReadOnlyList<double?>> statistic)
    {
        if (events.Length != weights.Length) throw StatisticsErrors.LengthsDiffer("events", weights.Length, events.Length);
        List<List<double?>> found = [];
        var resampled = new double[weights.Length];
        for (int replica = 0; replica < replicas; replica++)
        {
            ulong stream = key + ((ulong)replica + 1) * ReplicaStep;
            for (int row = 0; row < resampled.Length; row++)
                resampled[row] = weights[row] * PoissonOne.Count(new CounterRandom(stream, events[row]).NextUInt32());
            IReadOnlyList<double?> numbers = statistic(resampled);
            while (found.Count < numbers.Count) found.Add([]);
            for (int i = 0; i < numbers.Count; i++) found[i].Add(numbers[i]);
        }
        return found;
    }

    private static BootstrapSpread Spread(double[] numbers)
    {
        double[] sorted = [.. numbers.Order()];
        Moments moments = Moments.Of(sorted);
        double deviation = sorted.Length > 1 ? Math.Sqrt(moments.SquaredDeviations / (sorted.Length - 1)) : 0;
        return new(new(Quantile.OfSorted(sorted, Tail), Quantile.OfSorted(sorted, 1 - Tail)), deviation);
    }
}
