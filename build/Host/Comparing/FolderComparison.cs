namespace TauPipeline.Host;

/// <summary>Compares all products of two folders, file by file; the engine's own folder and journals are not products.</summary>
internal static class FolderComparison
{
    private static readonly string[] NotProducts = [".tau/", "runs/"];

    /// <summary>Each file that differs or stands in one folder only, in order of the paths.</summary>
    public static IEnumerable<(string File, string How, FileDifference? Difference)> Of(string old, string @new)
    {
        HashSet<string> before = [.. Files(old)], after = [.. Files(@new)];
        foreach (string file in before.Union(after).Order(StringComparer.Ordinal))
        {
            if (!after.Contains(file)) yield return (file, "missing", null);
            else if (!before.Contains(file)) yield return (file, "extra", null);
            else if (FileComparison.Of(Path.Combine(old, file), Path.Combine(@new, file)) is { } difference)
                yield return (file, "differs", difference);
        }
    }

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(folder, file))
        .Where(file => !NotProducts.Any(place => file.StartsWith(place, StringComparison.Ordinal)));
}
