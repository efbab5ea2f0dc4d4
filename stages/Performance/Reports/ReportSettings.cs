using TauPipeline.Configuration;
using TauPipeline.Foundation;

namespace TauPipeline.Stages;

/// <summary>The block <c>report:</c>, and the campaign's own words.</summary>
public sealed record ReportSettings(string Campaign, string Description, IReadOnlyList<string> Notes, bool QuickLook, SettingsUsed Used)
{
    /// <summary>These settings with notes of other blocks.</summary>
    public ReportSettings With(IReadOnlyList<string> notes) => notes.Count == 0
        ? this
        : this with { Notes = [.. Notes, .. notes], Used = Used.And("notes", notes) };

    /// <summary>Reads the block.</summary>
    public static ReportSettings Read(ConfigBlock root, string campaign, bool quickLook)
    {
        ConfigBlock block = root.Block("report");
        string description = root.Text("description", "");
        IReadOnlyList<string> notes = block.Texts("notes", []);
        return new ReportSettings(
            campaign,
            description,
            notes,
            quickLook,
            block.Used().And("campaign", campaign).And("description", description).And("quick_look", quickLook ? "true" : "false"));
    }
}
