using TauPipeline.BuildGraph;

namespace TauPipeline.Formats;

/// <summary>Rows of each region over all files of each process or group: <c>summary.json</c> of the balanced-batch tools.</summary>
/// <param name="Pools">Rows by pool and region; a region without rows is not named.</param>
public sealed record RegionSummaryFile(SortedDictionary<string, SortedDictionary<string, long>> Pools) : IProduct<RegionSummaryFile>
{
    /// <summary>A summary without pools.</summary>
    public RegionSummaryFile() : this(new SortedDictionary<string, SortedDictionary<string, long>>(StringComparer.Ordinal)) { }

    /// <inheritdoc/>
    public static RegionSummaryFile Read(ProductInput from) => Json.Read<RegionSummaryFile>(from);

    /// <inheritdoc/>
    public static void Write(ProductOutput to, RegionSummaryFile value) => Json.Write(to, value);
}
