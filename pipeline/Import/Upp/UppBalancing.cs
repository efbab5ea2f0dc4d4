using TauPipeline.Configuration;

namespace TauPipeline.Import;

/// <summary>What UPP does to the spectra of flavours: resampling, reweighting, or nothing.</summary>
internal sealed class UppBalancing
{
    private readonly Action<CampaignBlock, CampaignBlock> _write;

    private UppBalancing(Action<CampaignBlock, CampaignBlock> write) => _write = write;

    /// <summary>Within what the variables must lie that are resampled.</summary>
    public IReadOnlyList<string> Ranges { get; private init; } = [];

    /// <summary>Reads the block that the configuration has.</summary>
    public static UppBalancing Read(ForeignNode root, UppComponents components, string[] flavours, ImportNotes notes)
    {
        if (root.Find("reweighting") is { } reweighting)
        {
            notes.AddIfThere(root, "the campaign reweights", "resampling");
            var tables = UppReweighting.Read(reweighting, flavours, notes);
            return new UppBalancing(tables.Write);
        }
        var resampling = UppResampling.Read(root.Find("resampling"), components, notes);
        return new UppBalancing(resampling.Write) { Ranges = resampling.Ranges };
    }

    /// <summary>Writes the campaign's way of mixing, and the cells that it needs.</summary>
    public void Write(CampaignBlock campaign, CampaignBlock cells) => _write(campaign, cells);

    /// <summary>The ranges of a variable, <c>[from, to, cells]</c> each.</summary>
    public static IReadOnlyList<IReadOnlyList<double>> Bins(ForeignNode bins)
    {
        IReadOnlyList<double>[] ranges = [.. bins.Items.Select(range => range.Numbers())];
        return ranges.Length > 0 && ranges.All(range => range.Count == 3) ? ranges : throw bins.Wrong("ranges [from, to, cells]");
    }
}
