using System.Runtime.CompilerServices;

namespace TauPipeline.Simulation;

/// <summary>A count for each of the four stations of DT, CSC and RPC, in this order.</summary>
[InlineArray(Count)]
internal struct StationCounts
{
    public const int Count = 12, Stations = 4;

    public static readonly string[] Systems = ["DT", "CSC", "RPC"];

    private int _first;
}
