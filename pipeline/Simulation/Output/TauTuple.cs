using TauPipeline.Columns;

namespace TauPipeline.Simulation;

/// <summary>The layout of what is simulated: branches of a TauTuple by their own names (data-preparation.md 2).</summary>
public static class TauTuple
{
    /// <summary>The tree of candidates.</summary>
    public const string Tree = "taus";

    /// <summary>All columns of a batch of candidates.</summary>
    public static Schema Schema { get; } = new TauTupleBuffer().Schema;

    /// <summary>The one row of the summary tree; the time is 0, since products carry no clocks.</summary>
    public static Batch Summary(long processedEvents) => new(
        [new Column<uint>("exeTime", new uint[1]), new Column<ulong>("numberOfProcessedEvents", new[] { (ulong)processedEvents })]);
}
