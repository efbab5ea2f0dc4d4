using TauPipeline.Formats;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>A region of a plan, with where it is found.</summary>
/// <param name="Process">The place of its process.</param>
/// <param name="Class">Its class.</param>
/// <param name="AbsEta">Its bin of abs eta.</param>
/// <param name="Pt">Its bin of pt.</param>
/// <param name="Shards">The shards with its rows, by their place among all.</param>
/// <param name="Rows">Their rows.</param>
internal sealed record PlannedRegion(int Process, TauClass Class, int AbsEta, int Pt, IReadOnlyList<int> Shards, BalancedRegion Rows);

/// <summary>Which rows of which shards each balanced batch has, from counts alone.</summary>
internal sealed class BalancePlan
{
    private readonly Dictionary<(int Process, int Class, int AbsEta, int Pt), int> _places = [];

    /// <summary>A plan of shards of a sample.</summary>
    /// <param name="settings">Processes, rows a region.</param>
    /// <param name="shards">All shards, in their order.</param>
    /// <param name="counts">Rows by region name, for each shard.</param>
    /// <param name="batches">Batches; as many as the largest region fills if <see langword="null"/>.</param>
    /// <exception cref="Foundation.StepFailed">A region has no row, or the largest does not fill one batch.</exception>
    public BalancePlan(
        BalanceSettings settings, IReadOnlyList<PartShard> shards, IReadOnlyList<Func<string, long>> counts, long? batches)
    {
        (Settings, Shards) = (settings, shards);
        PlannedRegion[] all = [.. Enumerable.Range(0, settings.Processes.Count).SelectMany(process => RegionsOf(process, counts))];
        string[] empty = [.. all.Where(region => region.Rows.Rows == 0).Select(NameOf)];
        if (empty.Length > 0 && !settings.SkipEmpty) throw StageErrors.EmptyRegions(empty);
        Regions = [.. all.Where(region => region.Rows.Rows > 0)];
        long largest = Regions.Count == 0 ? 0 : Regions.Max(region => region.Rows.Rows);
        Batches = batches ?? largest / settings.RowsPerRegion;
        if (Batches == 0 && largest > 0) throw StageErrors.NoBatch(largest, settings.RowsPerRegion);
        if (Regions.Count == 0) Batches = 0;
        for (int i = 0; i < Regions.Count; i++)
            _places[(Regions[i].Process, Regions[i].Class.Index, Regions[i].AbsEta, Regions[i].Pt)] = i;
    }

    public BalanceSettings Settings { get; }

    public IReadOnlyList<PartShard> Shards { get; }

    /// <summary>The regions that have rows, process by process, class by class.</summary>
    public IReadOnlyList<PlannedRegion> Regions { get; }

    /// <summary>Batches.</summary>
    public long Batches { get; }

    /// <summary>Rows of a batch.</summary>
    public int BatchRows => checked(Regions.Count * Settings.RowsPerRegion);

    /// <summary>The place of the process of each dataset.</summary>
    public int ProcessOf(string dataset) => Settings.Processes.ToList().FindIndex(process => process.Datasets.Contains(dataset));

    /// <summary>The place of a region; negative if it is not taken.</summary>
    public int Find(int process, int type, double absEta, double pt) =>
        _places.GetValueOrDefault((process, type, Settings.Binning.AbsEta.Find(absEta), Settings.Binning.Pt.Find(pt)), -1);

    /// <summary>The plan as a product.</summary>
    public BalancePlanFile File() => new(
        Settings.RowsPerRegion,
        Batches,
        [.. Shards.Select(shard => shard.Shard.Path)],
        [
            .. Regions.Select(region => BalanceRegionEntry.Of(
                (Settings.Processes[region.Process].Name, region.Class, region.AbsEta, region.Pt), region.Shards, region.Rows, Batches)),
        ]);

    /// <summary>What comes out, region by region.</summary>
    public YieldFile Yields(bool hasValidation) => new(
    [
        .. Regions.Select(region => new YieldEntry(
            Settings.Processes[region.Process].Name,
            region.Class.Name,
            region.AbsEta,
            region.Pt,
            region.Rows.Rows,
            (double)(Batches * Settings.RowsPerRegion) / region.Rows.Rows,
            1,
            Batches * Settings.RowsPerRegion,
            false)),
    ])
    {
        NoTraining = YieldTable.WhyNoTraining(
            [.. (Batches == 0 ? [] : Regions).Select(region => region.Class.Name).Distinct()], hasValidation),
    };

    private IEnumerable<PlannedRegion> RegionsOf(int process, IReadOnlyList<Func<string, long>> counts) =>
        from type in Settings.Processes[process].Types
        from absEta in Enumerable.Range(0, Settings.Binning.AbsEta.Count)
        from pt in Enumerable.Range(0, Settings.Binning.Pt.Count)
        let name = RegionCountsFile.Name(type, absEta, pt)
        let files = Enumerable.Range(0, Shards.Count)
            .Where(shard => ProcessOf(Shards[shard].Dataset.Name) == process && counts[shard](name) > 0).ToArray()
        select new PlannedRegion(
            process, type, absEta, pt, files, new BalancedRegion([.. files.Select(shard => counts[shard](name))], Settings.RowsPerRegion));

    private string NameOf(PlannedRegion region) =>
        $"{Settings.Processes[region.Process].Name} {RegionCountsFile.Name(region.Class, region.AbsEta, region.Pt)}";
}
