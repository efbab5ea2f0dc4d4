using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>Where a campaign's products go.</summary>
internal static class OutputFolder
{
    /// <summary>
    /// What <c>--out</c> says, or <c>out/&lt;campaign&gt;</c>; with <c>--input</c> a folder of its own, so that a trial never touches the
    /// campaign's products.
    /// </summary>
    public static string Of(CommandLine line, string campaign)
    {
        if (line.Value(Options.Out) is { } stated) return Path.GetFullPath(stated);
        IReadOnlyList<string> inputs = line.All(Options.Input);
        string suffix = inputs.Count == 0 ? "" : "-input-" + ContentHash.Of(string.Join('\n', inputs)).Short[..8];
        return Path.Combine(Repository.Root, "out", campaign + suffix);
    }
}
