namespace TauPipeline.BuildGraph;

/// <summary>The run cache as a folder on disk.</summary>
public static class RunCacheFolder
{
    private static readonly string[] Parts = ["runs", "cas", "quarantine"];

    /// <summary>How many bytes are ours in it.</summary>
    public static long SizeOf(CacheSettings settings) => Standing(settings).Sum(SizeOf);

    /// <summary>Removes everything that is ours in it: claims first, so that nobody is promised a file that is going.</summary>
    /// <returns>How many bytes were freed.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static long Empty(CacheSettings settings)
    {
        long freed = 0;
        foreach (DirectoryInfo part in Standing(settings))
        {
            freed += SizeOf(part);
            part.Delete(recursive: true);
        }
        return freed;
    }

    private static IEnumerable<DirectoryInfo> Standing(CacheSettings settings) =>
        Parts.Select(part => new DirectoryInfo(Path.Combine(settings.Folder, part))).Where(part => part.Exists);

    private static long SizeOf(DirectoryInfo part) => part.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
}
