using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>
/// Keeps the cache below its size: what was set aside goes first, then claims used longest ago with the files that no claim names any
/// more.
/// </summary>
internal sealed class CacheTrim(CacheSettings settings, BlobStore blobs)
{
    // A file younger than this may be half written, or belong to a claim that is.
    private static readonly TimeSpan Young = TimeSpan.FromHours(1);

    /// <summary>Drops what does not fit.</summary>
    /// <returns>How many bytes were freed.</returns>
    public long Run()
    {
        long abandoned = DropAbandoned();
        List<FileInfo> files = Standing(blobs.All()), damaged = Standing(blobs.Damaged());
        long size = files.Concat(damaged).Sum(file => file.Length);
        long freed = DropDamaged(damaged, size - settings.MostBytes);
        if (size - freed <= settings.MostBytes) return abandoned + freed;

        Dictionary<string, long> sizes = files.ToDictionary(file => file.FullName, file => file.Length, StringComparer.Ordinal);
        var users = new Dictionary<string, int>(StringComparer.Ordinal);
        List<(FileInfo Claim, List<string> Blobs)> claims = [.. Claims().Select(claim => (claim, BlobsOf(claim)))];
        foreach (string blob in claims.SelectMany(claim => claim.Blobs)) users[blob] = users.GetValueOrDefault(blob) + 1;

        freed += files.Where(file => !users.ContainsKey(file.FullName) && IsOld(file)).Sum(file => Drop(file.FullName, sizes));
        // Of two claims of one fingerprint the older is the one in use.
        foreach (
            (FileInfo claim, List<string> of) in claims
                .OrderBy(claim => claim.Claim.Directory!.LastWriteTimeUtc)
                .ThenByDescending(claim => claim.Claim.LastWriteTimeUtc))
        {
            if (size - freed <= settings.MostBytes) break;
            claim.Delete();
            freed += of.Where(blob => --users[blob] == 0).Sum(blob => Drop(blob, sizes));
        }
        return abandoned + freed;
    }

    // What a killed run has written only half nobody finishes any more; what is young somebody may be writing just now.
    private long DropAbandoned()
    {
        List<FileInfo> old = [.. Standing(blobs.Unfinished().Concat(Runs("*.json.*"))).Where(IsOld)];
        long size = old.Sum(file => file.Length);
        foreach (FileInfo file in old) file.Delete();
        return size;
    }

    private static long DropDamaged(IEnumerable<FileInfo> damaged, long tooMuch)
    {
        long freed = 0;
        foreach (FileInfo file in damaged.OrderBy(file => file.LastWriteTimeUtc).TakeWhile(_ => freed < tooMuch))
        {
            freed += file.Length;
            file.Delete();
        }
        return freed;
    }

    private static bool IsOld(FileInfo file) => DateTime.UtcNow - file.LastWriteTimeUtc > Young;

    // Another run may drop any of them meanwhile: what is asked for here is known from then on.
    private static List<FileInfo> Standing(IEnumerable<FileInfo> files) => [.. files.Where(file => file.Exists)];

    private IEnumerable<FileInfo> Claims() => Runs("*.json");

    private IEnumerable<FileInfo> Runs(string pattern)
    {
        var runs = new DirectoryInfo(Path.Combine(settings.Folder, "runs"));
        return runs.Exists ? runs.EnumerateFiles(pattern, SearchOption.AllDirectories) : [];
    }

    private List<string> BlobsOf(FileInfo claim) => CachedResult.Read(claim.FullName) is { } result
        ?
        [
            .. result.Outputs.SelectMany(output => output.Files)
                .Where(file => ContentHash.TryParse(file.Hash, out _))
                .Select(file => blobs.Place(Parse(file.Hash)))
                .Distinct(StringComparer.Ordinal),
        ]
        : [];

    private static ContentHash Parse(string text) => ContentHash.TryParse(text, out ContentHash hash) ? hash : default;

    private static long Drop(string blob, Dictionary<string, long> sizes)
    {
        File.Delete(blob);
        return sizes.GetValueOrDefault(blob);
    }
}
