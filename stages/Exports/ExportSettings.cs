using TauPipeline.Configuration;
using TauPipeline.Foundation;

namespace TauPipeline.Stages;

/// <summary>The block <c>export:</c>.</summary>
/// <param name="ScalesInside">Whether the graph of a flat network scales its features itself.</param>
/// <param name="CheckRows">Rows that the exported model is tried on.</param>
/// <param name="Used">What enters fingerprints.</param>
public sealed record ExportSettings(bool ScalesInside, long CheckRows, SettingsUsed Used)
{
    /// <summary>Reads the block.</summary>
    public static ExportSettings Read(ConfigBlock block, ConstituentForm takes)
    {
        string scaling = block.Choice("scaling", ["auto", "inside", "beside"], "auto");
        if (scaling == "inside" && takes != ConstituentForm.None) block.Wrong("scaling", "beside, for a network that takes grids or lists", scaling);
        long rows = block.Whole("check_rows", 100_000, 1);
        bool inside = scaling == "inside" || (scaling == "auto" && takes == ConstituentForm.None);
        return new(inside, rows, block.Used());
    }
}
