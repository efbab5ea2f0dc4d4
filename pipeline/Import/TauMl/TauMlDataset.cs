namespace TauPipeline.Import;

/// <summary>A dataset of a list of entries: the folder that its files lie in.</summary>
/// <param name="Name">The folder.</param>
/// <param name="Files">Its files, with the command's prefix.</param>
internal sealed record TauMlDataset(string Name, IReadOnlyList<string> Files)
{
    /// <summary>
    /// The datasets of a list of lines <c>path/dataset/file.root N</c>, in the order of the list; the prefix stands in place of all that is
    /// before the dataset. Numbers of entries are not taken: files are counted as they are read.
    /// </summary>
    public static IReadOnlyList<TauMlDataset> Listed(TauMlFiles files)
    {
        string? prefix = files.Command?.Value("prefix");
        var found = new List<(string Dataset, string File)>();
        const StringSplitOptions Lines = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        foreach (string line in (files.Entries?.Text ?? "").Split('\n', Lines))
        {
            string path = line[..line.LastIndexOfAny([' ', '\t'])].Trim();
            string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length < 2) continue;
            found.Add((parts[^2], prefix is { Length: > 0 } ? $"{prefix.TrimEnd('/')}/{parts[^2]}/{parts[^1]}" : path));
        }
        return
        [
            .. found.GroupBy(one => one.Dataset)
                .Select(group => new TauMlDataset(group.Key, [.. group.Select(one => one.File).Distinct()])),
        ];
    }
}
