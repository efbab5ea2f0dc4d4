namespace TauPipeline.BuildGraph;

/// <summary>Where results are kept for other checkouts, and how they come back.</summary>
/// <param name="Folder">The cache's folder, absolute.</param>
/// <param name="MostBytes">Above this the results used longest ago are dropped.</param>
/// <param name="Restore">How products are put back.</param>
public sealed record CacheSettings(string Folder, long MostBytes = CacheSettings.DefaultMostBytes, CacheRestore Restore = CacheRestore.Copy)
{
    /// <summary>50 GB.</summary>
    public const long DefaultMostBytes = 50_000_000_000;
}

/// <summary>How a product comes out of the cache.</summary>
public enum CacheRestore
{
    /// <summary>A copy, which costs no space where the file system shares blocks (reflink).</summary>
    Copy,
    /// <summary>
    /// A hard link to the cache's own read-only file: no space and no time, but who edits it in place edits the cache (which is noticed,
    /// and the file thrown away).
    /// </summary>
    Link,
}
