using TauPipeline.Configuration;
using TauPipeline.Foundation;

namespace TauPipeline.Stages;

/// <summary>The block <c>balance:</c>.</summary>
/// <param name="Processes">Datasets that are balanced together, with the classes that are taken of them.</param>
/// <param name="RowsPerRegion">Rows of a region (process, class, bin) in a batch.</param>
/// <param name="Batches">Batches of train; as many as the largest region fills if <see langword="null"/>.</param>
/// <param name="ValidationBatches">The same of validation.</param>
/// <param name="Shards">Shards that the batches are written to, one after the other.</param>
/// <param name="SkipEmpty">Whether regions without a row are left out; else they are an error.</param>
/// <param name="RoundRows">Rows that are held in memory.</param>
/// <param name="Binning">The bins and classes of regions.</param>
/// <param name="Used">What enters fingerprints.</param>
public sealed record BalanceSettings(
    IReadOnlyList<MixGroupSettings> Processes,
    int RowsPerRegion,
    long? Batches,
    long? ValidationBatches,
    int Shards,
    bool SkipEmpty,
    int RoundRows,
    SpectrumSettings Binning,
    SettingsUsed Used)
{
    /// <summary>Reads the block.</summary>
    public static BalanceSettings Read(ConfigBlock block, IReadOnlyList<Dataset> datasets, SpectrumSettings binning)
    {
        var processes = new List<MixGroupSettings>();
        SettingsUsed used = binning.Used;
        foreach ((string name, ConfigBlock process) in block.Blocks("processes"))
        {
            processes.Add(MixGroupSettings.Read(name, process, datasets, binning.Classes));
            used = used.And(process.Used());
            foreach (string dataset in processes[^1].Datasets.Intersect(processes.SkipLast(1).SelectMany(other => other.Datasets)))
                process.Wrong("datasets", "datasets of one process alone", dataset);
            foreach (string dataset in processes[^1].Datasets.Where(binning.Histograms.ContainsKey))
                process.Wrong("datasets", "datasets whose rows are counted", $"{dataset}, which has histograms in place of that");
            if (processes[^1].Types.Count == 0) process.Wrong("types", "at least one class", "none");
        }
        if (processes.Count == 0) block.Wrong("processes", "at least one process", "none");
        int rows = (int)block.Whole("rows_per_region", null, 1, 1_000_000);
        long? Optional(string key) => block.Has(key) ? block.Whole(key, null, 1, 1_000_000_000) : null;
        return new BalanceSettings(
            processes,
            Math.Max(1, rows),
            Optional("batches"),
            Optional("validation_batches"),
            (int)block.Whole("shards", 1, 1, 10_000),
            block.Choice("empty_regions", ["fail", "skip"], "fail") == "skip",
            (int)block.Whole("round_rows", 100_000, 1, 10_000_000),
            binning,
            used.And(block.Used()).And("balance.processes", processes.Select(process => process.Name)));
    }

    /// <summary>The batches asked for of a sample.</summary>
    public long? BatchesOf(string sample) => sample == SplitSettings.Train ? Batches : ValidationBatches;
}
