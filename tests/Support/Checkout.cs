namespace TauPipeline.Tests.Support;

/// <summary>Places of this checkout, found from where the tests were built to.</summary>
public static class Checkout
{
    /// <summary>The folder of <c>TauPipeline.sln</c>.</summary>
    public static string Root { get; } = Find();

    /// <summary>A place below the root.</summary>
    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>The files that git would see below some folders: nothing built, nothing installed.</summary>
    public static IEnumerable<string> Sources(string ending, params string[] folders) => folders
        .Where(folder => Directory.Exists(At(folder)))
        .SelectMany(folder => Directory.EnumerateFiles(At(folder), "*" + ending, SearchOption.AllDirectories))
        .Where(file => !file.Contains("/node_modules/", StringComparison.Ordinal))
        .Select(file => Path.GetRelativePath(Root, file)).Order(StringComparer.Ordinal);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "TauPipeline.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException($"no TauPipeline.sln above {AppContext.BaseDirectory}");
    }
}
