namespace TauPipeline.Simulation;

/// <summary>What TauTuple holds where an object is absent (data-preparation.md 2.1).</summary>
internal static class Absent
{
    public const float Float = float.MinValue;
    public const int Int = int.MinValue, Index = -1;
}
