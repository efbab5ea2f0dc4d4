using System.Text;
using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>The identity of a folder.</summary>
internal static class FolderContent
{
    /// <summary>sha256 over the sorted lines <c>relative path, size, sha256</c>, and the sum of sizes.</summary>
    /// <exception cref="StepFailed">It cannot be listed.</exception>
    public static Content Of(string folder, Func<string, Content> ofFile)
    {
        var list = new StringBuilder();
        long size = 0;
        foreach (string file in Listed(folder))
        {
            Content content = ofFile(Path.Combine(folder, file));
            list.Append(file).Append('\0').Append(content.Size).Append('\0').Append(content.Hash.ToString()).Append('\n');
            size += content.Size;
        }
        return new Content(size, ContentHash.Of(list.ToString()));
    }

    /// <summary>Relative paths of all files in a folder, sorted, with <c>/</c> between the parts.</summary>
    public static IReadOnlyList<string> Files(string folder) =>
        [
            .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder, file))
                .Order(StringComparer.Ordinal),
        ];

    private static IReadOnlyList<string> Listed(string folder)
    {
        try { return Files(folder); }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw BuildGraphErrors.Unlistable(folder, problem);
        }
    }
}
