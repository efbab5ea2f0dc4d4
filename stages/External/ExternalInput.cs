using TauPipeline.Configuration;

namespace TauPipeline.Stages;

/// <summary>An input of an external stage, by the role it is named with in arguments.</summary>
/// <param name="Role">Its name.</param>
/// <param name="Products">Paths or patterns of other stages' products.</param>
/// <param name="Files">Files that nobody here makes.</param>
/// <param name="Dataset">The dataset whose raw files it is, or <see langword="null"/>.</param>
/// <param name="Where"><c>file:line</c>.</param>
public sealed record ExternalInput(
    string Role,
    IReadOnlyList<string> Products,
    IReadOnlyList<RawEntry> Files,
    string? Dataset,
    string Where)
{
    internal static ExternalInput Read(string role, ConfigBlock block)
    {
        bool isEmptyList = block.Has("files"); // a list with files in it has become 'inputs' when the campaign was read
        var input = new ExternalInput(
            role,
            block.Texts("products", []),
            [.. block.List("inputs").Select(file => RawEntry.Read(block.Path, file))],
            block.Has("dataset") ? block.Text("dataset") : null, block.Where);
        int kinds = (input.Products.Count > 0 ? 1 : 0) + (input.Files.Count > 0 ? 1 : 0) + (input.Dataset is not null ? 1 : 0);
        if (kinds != 1 || isEmptyList) block.Mistakes.Add(ExternalErrors.WrongInput(block.Where, block.Path));
        return input;
    }
}
