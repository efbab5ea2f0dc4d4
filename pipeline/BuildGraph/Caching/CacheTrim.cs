using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>Keeps the cache below its size: claims used longest ago go first, then the files that no claim names any more.</summary>
internal sealed class CacheTrim(CacheSettings settings, BlobStore blobs)
{
    // A file younger than this may belong to a claim that is just being written.
    private static readonly TimeSpan Young = TimeSpan.FromHours(1);

    /// <summary>Drops what does not fit.</summary>
    /// <returns>How many bytes were freed.</returns>
    public long Run()
    {
        List<FileInfo> files = [.. blobs.All()];
        long size = files.Sum(file => file.Length);
        if (size <= settings.MostBytes) return 0;

        Dictionary<string, long> sizes = files.ToDictionary(file => file.FullName, file => file.Length, StringComparer.Ordinal);
        var users = new Dictionary<string, int>(StringComparer.Ordinal);
        List<(FileInfo Claim, List<string> Blobs)> claims = [.. Claims().Select(claim => (claim, BlobsOf(claim)))];
        foreach (string blob in claims.SelectMany(claim => claim.Blobs)) users[blob] = users.GetValueOrDefault(blob) + 1;

        DateTime now = DateTime.UtcNow;
        long freed = files.Where(file => !users.ContainsKey(file.FullName) && now - file.LastWriteTimeUtc > Young).Sum(file => Drop(file.FullName, sizes));
        // Of two claims of one fingerprint the older is the one in use.
        foreach ((FileInfo claim, List<string> of) in claims.OrderBy(claim => claim.Claim.Directory!.LastWriteTimeUtc).ThenByDescending(claim => claim.Claim.LastWriteTimeUtc))
        {
            if (size - freed <= settings.MostBytes) break;
            claim.Delete();
            freed += of.Where(blob => --users[blob] == 0).Sum(blob => Drop(blob, sizes));
        }
        return freed;
    }

    private IEnumerable<FileInfo> Claims()
    {
        var runs = new DirectoryInfo(Path.Combine(settings.Folder, "runs"));
        return runs.Exists ? runs.EnumerateFiles("*.json", SearchOption.AllDirectories) : [];
    }

    private List<string> BlobsOf(FileInfo claim) => CachedResult.Read(claim.FullName) is { } result
        ? [.. result.Outputs.SelectMany(output => output.Files).Where(file => ContentHash.TryParse(file.Hash, out _)).Select(file => blobs.Place(Parse(file.Hash))).Distinct(StringComparer.Ordinal)]
        : [];

    private static ContentHash Parse(string text) => ContentHash.TryParse(text, out ContentHash hash) ? hash : default;

    private static long Drop(string blob, Dictionary<string, long> sizes)
    {
        File.Delete(blob);
        return sizes.GetValueOrDefault(blob);
    }
}
