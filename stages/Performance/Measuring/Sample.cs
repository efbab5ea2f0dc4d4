using TauPipeline.Statistics;

namespace TauPipeline.Stages;

/// <summary>Some rows of one side of a pair with the weights they count with.</summary>
/// <param name="Rows">All rows of the side.</param>
/// <param name="At">Those of the sample.</param>
/// <param name="Weights">Of the sample's rows.</param>
internal sealed record Sample(ScoredRows Rows, int[] At, double[] Weights)
{
    /// <summary>Whether every row counts 1.</summary>
    public bool IsCounted { get; } = Weights.All(weight => weight == 1);

    /// <summary>Whether some row takes away.</summary>
    public bool HasNegative { get; } = Weights.Any(weight => weight < 0);

    /// <summary>The sample's rows that satisfy something.</summary>
    public Sample Where(Func<int, bool> takes)
    {
        int[] places = [.. Enumerable.Range(0, At.Length).Where(place => takes(At[place]))];
        return new(Rows, [.. places.Select(place => At[place])], [.. places.Select(place => Weights[place])]);
    }

    /// <summary>A bootstrap over the events of these rows.</summary>
    public static EventBootstrap Bootstrap(BootstrapPlan plan, params Sample[] samples) => new(
        [.. samples.SelectMany(sample => sample.At.Select(i => sample.Rows.Events[i]))],
        [.. samples.SelectMany(sample => sample.Weights)],
        plan.Replicas,
        plan.Key);
}

/// <summary>How many replicas a bootstrap takes, and the key of its random numbers.</summary>
internal sealed record BootstrapPlan(int Replicas, ulong Key);
