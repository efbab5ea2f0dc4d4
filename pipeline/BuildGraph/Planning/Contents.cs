using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>What files contain, read again only when the file system cannot vouch that they are as they were.</summary>
internal sealed class Contents(BuildFolder folder, BuildLog log, TimeSpan tick)
{
    private const int Tries = 3;

    // A raw file is looked at once before anything runs, and again after each step that read it.
    private readonly Dictionary<string, Known> _raw = new(StringComparer.Ordinal);

    /// <summary>Makes room for so many raw files.</summary>
    public void ExpectRaw(int count) => _raw.EnsureCapacity(count);

    /// <summary>
    /// The content of a raw file as it was when the run began; as it was last seen if it is gone, so that what was made of it can stay;
    /// <see langword="null"/> if it was never there.
    /// </summary>
    /// <exception cref="StepFailed">It does not hold still, or cannot be read.</exception>
    public Content? OfRaw(Artifact raw, CancellationToken cancellation)
    {
        string path = raw.Source!.Location;
        if (KnownOf(path) is { } known) return known.Content;
        if (OfFile(path, cancellation) is { } found) return Remember(path, new Known(found, IsGone: false));
        return log.File(folder.CacheKey(path)) is { } last
            ? Remember(path, new Known(new Content(last.Stamp.Size, last.Hash), IsGone: true))
            : null;
    }

    /// <summary>Raw files that are known but no longer there.</summary>
    public int Gone { get { lock (_raw) return _raw.Values.Count(known => known.IsGone); } }

    /// <summary>Whether that raw file is known but no longer there.</summary>
    public bool IsGone(Artifact raw) => KnownOf(raw.Source!.Location) is { IsGone: true };

    /// <summary>
    /// As <see cref="OfRaw"/> where the file system vouches for what we know of it; <see langword="null"/> where the file must be read.
    /// </summary>
    public Content? OfRawByStamp(Artifact raw)
    {
        string path = raw.Source!.Location;
        if (KnownOf(path) is { } known) return known.Content;
        if (FileStamp.Of(path) is not { } stamp || log.File(folder.CacheKey(path)) is not { Racy: false } seen || seen.Stamp != stamp)
            return null;
        return Remember(path, new Known(new Content(stamp.Size, seen.Hash), IsGone: false));
    }

    /// <summary>The content of a file as it is now, or <see langword="null"/> if there is none.</summary>
    /// <exception cref="StepFailed">It does not hold still, or cannot be read.</exception>
    public Content? OfFile(string path, CancellationToken cancellation = default) => OfFile(path, folder.CacheKey(path), cancellation);

    private Content? OfFile(string path, string key, CancellationToken cancellation)
    {
        for (int i = 0; i < Tries; i++)
        {
            if (FileStamp.Of(path) is not { } before) return null;
            if (log.File(key) is { Racy: false } seen && seen.Stamp == before) return new Content(before.Size, seen.Hash);
            long start = FileStamp.Now();
            ContentHash hash = Hash(path, cancellation);
            if (FileStamp.Of(path) != before) continue;
            if (log.File(key) is not { } same || same.Stamp != before || same.Hash != hash || same.Racy != before.IsRacyAt(start, tick))
                log.Append(new FileSeen(key, new SeenContent(before, hash, before.IsRacyAt(start, tick))));
            return new Content(before.Size, hash);
        }
        throw BuildGraphErrors.ChangesWhileRead(path);
    }

    /// <summary>The content of a folder: sha256 over its sorted list of relative path, size and hash.</summary>
    public Content? OfFolder(string path, CancellationToken cancellation = default)
    {
        if (!Directory.Exists(path)) return null;
        return FolderContent.Of(path, file => OfFile(file, cancellation) ?? throw BuildGraphErrors.ChangesWhileRead(file));
    }

    /// <summary>The content of the product at that logical path.</summary>
    public Content? OfProduct(ArtifactKind kind, string logical, CancellationToken cancellation = default)
    {
        if (kind == ArtifactKind.Folder) return OfFolder(folder.Product(logical), cancellation);
        if (FileStamp.Of(folder.Root, logical) is not { } now) return null;
        return log.File(logical) is { Racy: false } seen && seen.Stamp == now
            ? new Content(now.Size, seen.Hash)
            : OfFile(folder.Product(logical), logical, cancellation);
    }

    /// <summary>Whether a product is untouched since we last knew its content: by its stamp alone, so cheap and only a hint.</summary>
    public bool IsUntouched(string logical) => FileStamp.Of(folder.Root, logical) is { } stamp && log.File(logical)?.Stamp == stamp;

    /// <summary>Remembers the content of a product that we have just put there ourselves.</summary>
    public void Put(string logical, ContentHash hash, long hashedFrom)
    {
        if (FileStamp.Of(folder.Product(logical)) is { } stamp)
            log.Append(new FileSeen(logical, new SeenContent(stamp, hash, stamp.IsRacyAt(hashedFrom, tick))));
    }

    private Known? KnownOf(string path) { lock (_raw) return _raw.TryGetValue(path, out Known? known) ? known : null; }

    private Content Remember(string path, Known known)
    {
        lock (_raw) _raw[path] = known;
        return known.Content;
    }

    private sealed record Known(Content Content, bool IsGone);

    private static ContentHash Hash(string path, CancellationToken cancellation)
    {
        try { return ContentHash.OfFile(path, cancellation); }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw BuildGraphErrors.Unreadable(path, problem);
        }
    }
}
