using System.Text;

namespace TauPipeline.Import;

/// <summary>A campaign made from another program's configuration.</summary>
/// <param name="Text">Its YAML.</param>
/// <param name="Notes">What could not be carried over as it stands.</param>
public sealed record ImportedCampaign(string Text, IReadOnlyList<ImportNote> Notes)
{
    /// <summary>The campaign with what was not carried over as a comment at its head.</summary>
    internal static ImportedCampaign Of(CampaignBlock campaign, ImportSource source, IReadOnlyList<ImportNote> notes)
    {
        var head = new StringBuilder($"# Made by --target=Import of {string.Join(", ", source.Files.Select(file => Path.GetFileName(file.Path)))}.\n");
        if (notes.Count > 0) head.Append("# Not carried over as it stands there:\n");
        foreach (ImportNote note in notes) head.Append("#   ").Append(note with { Where = Path.GetFileName(note.Where) }).Append('\n');
        return new ImportedCampaign(head.Append(campaign.Write()).ToString(), notes);
    }
}

/// <summary>A key that the campaign does not have, or has in another way.</summary>
/// <param name="Where">Its place, <c>file:line</c>.</param>
/// <param name="Key">Its path.</param>
/// <param name="Why">Why, and what stands in its place.</param>
public sealed record ImportNote(string Where, string Key, string Why)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Where}: {Key}: {Why}";
}
