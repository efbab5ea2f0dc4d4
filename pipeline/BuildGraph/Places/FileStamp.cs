using Microsoft.Win32.SafeHandles;

namespace TauPipeline.BuildGraph;

/// <summary>What the file system says of a file without opening it; when all five are as before, so are the bytes.</summary>
internal readonly record struct FileStamp(long Size, long Modified, long Changed, ulong Inode, ulong Device)
{
    private const long Billion = 1_000_000_000;

    /// <summary>The coarsest tick of the file systems in use.</summary>
    public static TimeSpan CoarsestTick { get; } = TimeSpan.FromSeconds(2);

    /// <summary>The stamp of a file, or <see langword="null"/> if there is none.</summary>
    public static FileStamp? Of(string path) =>
        !OperatingSystem.IsLinux() ? Portable(path) : LibC.TryStat(path, out LibC.Statx found) ? Of(found) : null;

    /// <summary>The stamp of a file below a folder, or <see langword="null"/> if there is none.</summary>
    public static FileStamp? Of(string folder, string path) =>
        !OperatingSystem.IsLinux() ? Portable(Path.Combine(folder, path))
        : LibC.TryStat(folder, path, out LibC.Statx found) ? Of(found)
        : null;

    /// <summary>The stamp of a file in an open folder, or <see langword="null"/> if there is none; on Linux.</summary>
    /// <param name="folder">See <see cref="LibC.OpenFolder"/>.</param>
    /// <param name="name">UTF-8 that ends with a zero byte.</param>
    public static FileStamp? Of(SafeFileHandle folder, ReadOnlySpan<byte> name) =>
        LibC.TryStat(folder, name, out LibC.Statx found) ? Of(found) : null;

    // A write in the same clock tick as our reading would leave the stamp as it was. The change time decides: unlike the
    // modification time nobody can set it.
    /// <summary>Whether a change after <paramref name="moment"/> (nanoseconds of Unix time) could leave this stamp as it is.</summary>
    /// <param name="moment">When the file was read.</param>
    /// <param name="tick">How far apart in time two stamps of the file system may be and be equal.</param>
    public bool IsRacyAt(long moment, TimeSpan tick) => moment - Changed < tick.Ticks * TimeSpan.NanosecondsPerTick;

    /// <inheritdoc/>
    public bool Equals(FileStamp other) =>
        Size == other.Size && Modified == other.Modified && Changed == other.Changed && Inode == other.Inode && Device == other.Device;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Size, Modified, Changed, Inode, Device);

    /// <summary>Nanoseconds of Unix time.</summary>
    public static long Now() => (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;

    private static FileStamp? Of(LibC.Statx found) => found.IsFolder ? null
        : new FileStamp((long)found.Size, found.ModifiedSeconds * Billion + found.ModifiedNanoseconds,
            found.ChangedSeconds * Billion + found.ChangedNanoseconds, found.Inode, ((ulong)found.DeviceMajor << 32) | found.DeviceMinor);

    private static FileStamp? Portable(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists) return null;
        long modified = (file.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        return new FileStamp(file.Length, modified, modified, 0, 0);
    }
}
