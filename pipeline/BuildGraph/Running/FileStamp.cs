namespace TauPipeline.BuildGraph;

/// <summary>What the file system says of a file without opening it; when all five are as before, so are the bytes.</summary>
internal readonly record struct FileStamp(long Size, long Modified, long Changed, ulong Inode, ulong Device)
{
    private const long Billion = 1_000_000_000;

    /// <summary>The stamp of a file, or <see langword="null"/> if there is none.</summary>
    public static FileStamp? Of(string path) =>
        !OperatingSystem.IsLinux() ? Portable(path) : LibC.TryStat(path, out LibC.Statx found) ? Of(found) : null;

    /// <summary>The stamp of a file below a folder, or <see langword="null"/> if there is none.</summary>
    public static FileStamp? Of(string folder, string path) =>
        !OperatingSystem.IsLinux() ? Portable(Path.Combine(folder, path)) : LibC.TryStat(folder, path, out LibC.Statx found) ? Of(found) : null;

    // A write in the same clock tick as our reading would leave the stamp as it was. The change time decides: unlike the
    // modification time nobody can set it. Two seconds is the coarsest tick of the file systems in use.
    /// <summary>Whether a change after <paramref name="moment"/> (nanoseconds of Unix time) could leave this stamp as it is.</summary>
    public bool IsRacyAt(long moment) => moment - Changed < 2 * Billion;

    /// <summary>Nanoseconds of Unix time.</summary>
    public static long Now() => (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;

    private static FileStamp? Of(LibC.Statx found) => found.IsFolder ? null
        : new FileStamp((long)found.Size, found.ModifiedSeconds * Billion + found.ModifiedNanoseconds,
            found.ChangedSeconds * Billion + found.ChangedNanoseconds, found.Inode, ((ulong)found.DeviceMajor << 32) | found.DeviceMinor);

    private static FileStamp? Portable(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists) return null;
        long modified = (file.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks * 100;
        return new FileStamp(file.Length, modified, modified, 0, 0);
    }
}
