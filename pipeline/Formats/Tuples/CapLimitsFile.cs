using TauPipeline.BuildGraph;

namespace TauPipeline.Formats;

/// <summary>The highest hash that stays in each cell that a cap thins, by part of the split (Physics: <c>BinCap</c>).</summary>
public sealed record CapLimitsFile(SortedDictionary<string, SortedDictionary<int, ulong>> Limits) : IProduct<CapLimitsFile>
{
    /// <inheritdoc/>
    public static CapLimitsFile Read(ProductInput from) => Json.Read<CapLimitsFile>(from);

    /// <inheritdoc/>
    public static void Write(ProductOutput to, CapLimitsFile value) => Json.Write(to, value);
}
