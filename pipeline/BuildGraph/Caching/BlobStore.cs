using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>Files by the sha256 of their content: <c>cas/ab/cdef…</c>, read-only, appearing by rename.</summary>
internal sealed class BlobStore(string root)
{
    private const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private string Blobs => Path.Combine(root, "cas");

    private string Quarantine => Path.Combine(root, "quarantine");

    /// <summary>Where a content stands, or would stand.</summary>
    public string Place(ContentHash hash)
    {
        string digits = hash.ToString();
        return Path.Combine(Blobs, digits[..2], digits[2..]);
    }

    /// <summary>Every file in the store.</summary>
    public IEnumerable<FileInfo> All() => Files(Blobs).Where(file => !IsUnfinished(file));

    /// <summary>What is being copied just now, or was when a run was killed; any of it may be gone when one looks at it.</summary>
    public IEnumerable<FileInfo> Unfinished() => Files(Blobs).Where(IsUnfinished);

    /// <summary>Every file that was set aside.</summary>
    public IEnumerable<FileInfo> Damaged() => Files(Quarantine);

    /// <summary>Takes a copy of a file whose content is known.</summary>
    /// <exception cref="IOException">There is no room, or no right to write.</exception>
    public void Put(string file, ContentHash hash)
    {
        string place = Place(hash);
        if (File.Exists(place)) return;
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        WholeFile.Write(place, fresh =>
        {
            // .NET asks the file system to share the blocks before it copies them.
            File.Copy(file, fresh, overwrite: true);
            // Not the time of the product, which may be old: what is being kept just now nobody may take for left over.
            File.SetLastWriteTimeUtc(fresh, DateTime.UtcNow);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(fresh, ReadOnly);
        });
    }

    /// <summary>Puts a content into a place; whether it was there. What it really contains is for the caller to check.</summary>
    public bool TryGet(ContentHash hash, string to, CacheRestore how)
    {
        string place = Place(hash);
        if (!File.Exists(place)) return false;
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        if (how == CacheRestore.Link && OperatingSystem.IsLinux() && LibC.TryLink(place, to)) return true;
        try { File.Copy(place, to); }
        catch (Exception dropped) when (dropped is FileNotFoundException or DirectoryNotFoundException)
        {
            return false; /* by another run, just now */
        }
        // A copy keeps the mode of what it copies, and products may be removed and replaced.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(to, ReadOnly | UnixFileMode.UserWrite);
        return true;
    }

    /// <summary>
    /// Sets a file aside if its content is not what its name says. By now it may be gone, or be a good one: others may have found the
    /// same.
    /// </summary>
    /// <exception cref="IOException">There is no right to write.</exception>
    public void SetAside(ContentHash hash)
    {
        string place = Place(hash), taken = WholeFile.Unfinished(place);
        try
        {
            if (ContentHash.OfFile(place) == hash) return;
            Directory.CreateDirectory(Quarantine);
            // Only what nobody else can take or replace any more is certainly the one that is looked at.
            File.Move(place, taken, overwrite: true);
            File.Move(taken, ContentHash.OfFile(taken) == hash ? place : Path.Combine(Quarantine, hash.ToString()), overwrite: true);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException) { /* another run has done it */ }
    }

    private static IEnumerable<FileInfo> Files(string folder) =>
        Directory.Exists(folder) ? new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories) : [];

    // As WholeFile names them.
    private static bool IsUnfinished(FileInfo file) => file.Name.Contains('.', StringComparison.Ordinal);
}
