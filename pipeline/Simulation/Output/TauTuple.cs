using TauPipeline.Columns;

namespace TauPipeline.Simulation;

/// <summary>The layout of what is simulated: branches of a TauTuple by their own names (data-preparation.md 2).</summary>
public static class TauTuple
{
    /// <summary>The tree of candidates.</summary>
    public const string Tree = "taus";

    /// <summary>All columns of a batch of candidates.</summary>
    public static Schema Schema { get; } = new TauTupleBuffer().Schema;

    /// <summary>
    /// The one row of the summary tree; the time is 0, since products carry no clocks. The sum of generator weights is ours, by the name
    /// that
    /// NanoAOD has for it: a TauTuple knows only how many events there were, and that is no sum where their weights differ.
    /// </summary>
    public static Batch Summary(long processedEvents, double sumOfWeights) => new(
    [
        new Column<uint>("exeTime", new uint[1]), new Column<ulong>("numberOfProcessedEvents", new[] { (ulong)processedEvents }),
        new Column<double>("genEventSumw", new[] { sumOfWeights }),
    ]);
}
