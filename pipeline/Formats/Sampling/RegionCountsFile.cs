using System.Text.Json.Serialization;
using TauPipeline.BuildGraph;
using TauPipeline.Physics;
using TauPipeline.Statistics;

namespace TauPipeline.Formats;

/// <summary>
/// How many rows each file of a dataset has in each region, <c>tau_absetabin0_ptbin3</c>: a class and a bin of abs eta and pt. Only files
/// that have some are named: they are what balanced batches take their rows from.
/// </summary>
/// <param name="Regions">Rows by region and file.</param>
public sealed record RegionCountsFile(SortedDictionary<string, SortedDictionary<string, long>> Regions) : IProduct<RegionCountsFile>
{
    /// <summary>Regions without counts.</summary>
    public RegionCountsFile() : this(new SortedDictionary<string, SortedDictionary<string, long>>(StringComparer.Ordinal)) { }

    /// <summary>Rows of each region over all files.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, long> Summary => Regions.ToDictionary(region => region.Key, region => region.Value.Values.Sum());

    /// <summary>The name of a region.</summary>
    public static string Name(TauClass type, int absEta, int pt) => FormattableString.Invariant($"{type.Name}_absetabin{absEta}_ptbin{pt}");

    /// <summary>Counts the rows of a file; those outside the bins are in no region.</summary>
    public void Add(string file, Spectrum of)
    {
        foreach (TauClass type in of.Types)
        {
            CountGrid counts = of[type];
            for (int x = 0; x < counts.X.Count; x++)
                for (int y = 0; y < counts.Y.Count; y++)
                    if (counts[x, y] > 0) FilesOf(Name(type, x, y))[file] = counts[x, y];
        }
    }

    /// <summary>Takes over the counts of a dataset's files, in the regions of these classes alone.</summary>
    public void Add(string dataset, RegionCountsFile files, IReadOnlyList<TauClass> types)
    {
        foreach ((string region, SortedDictionary<string, long> counts) in files.Regions)
            if (types.Any(type => region.StartsWith($"{type.Name}_absetabin", StringComparison.Ordinal)))
                foreach ((string file, long rows) in counts) FilesOf(region)[$"{dataset}/{file}"] = rows;
    }

    /// <inheritdoc/>
    public static RegionCountsFile Read(ProductInput from) => Json.Read<RegionCountsFile>(from);

    /// <inheritdoc/>
    public static void Write(ProductOutput to, RegionCountsFile value) => Json.Write(to, value);

    private SortedDictionary<string, long> FilesOf(string region)
    {
        if (!Regions.TryGetValue(region, out SortedDictionary<string, long>? files))
            Regions[region] = files = new SortedDictionary<string, long>(StringComparer.Ordinal);
        return files;
    }
}
