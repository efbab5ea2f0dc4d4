using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace TauPipeline.BuildGraph;

/// <summary>The handful of system calls that .NET does not offer.</summary>
internal static partial class LibC
{
    public const int Terminate = 15, Kill = 9;
    private const int CurrentFolder = -100, CloseOnExec = 0x80000, OnlyPlace = 0x200000;
    private const uint BasicStatistics = 0x7ff;
    private const int ShortPath = 1024;

    /// <summary>Stamp of a file or folder, symbolic links followed; <see langword="false"/> if it is not there.</summary>
    public static bool TryStat(string path, out Statx found) => statx(CurrentFolder, path, 0, BasicStatistics, out found) == 0;

    /// <summary>As above, of a path below a folder.</summary>
    public static bool TryStat(string folder, string path, out Statx found)
    {
        // Most paths are short; those of ten thousands of steps are not worth a string each.
        Span<byte> name = stackalloc byte[ShortPath];
        if (Encoding.UTF8.GetMaxByteCount(folder.Length + path.Length) + 2 > ShortPath)
            return TryStat(Path.Combine(folder, path), out found);
        int length = Encoding.UTF8.GetBytes(folder, name);
        name[length++] = (byte)'/';
        length += Encoding.UTF8.GetBytes(path, name[length..]);
        name[length] = 0;
        return statx(CurrentFolder, in name[0], 0, BasicStatistics, out found) == 0;
    }

    /// <summary>As above, of a name in an open folder; the name is UTF-8 that ends with a zero byte.</summary>
    public static bool TryStat(SafeFileHandle folder, ReadOnlySpan<byte> name, out Statx found) =>
        statx((int)folder.DangerousGetHandle(), in name[0], 0, BasicStatistics, out found) == 0;

    /// <summary>
    /// Opens a folder for <see cref="TryStat(SafeFileHandle, ReadOnlySpan{byte}, out Statx)"/>; the handle is invalid if it is not there.
    /// </summary>
    public static SafeFileHandle OpenFolder(string path) => new(open(path, CloseOnExec | OnlyPlace, 0), ownsHandle: true);

    /// <summary>Sends a signal to a whole process group; <see langword="false"/> if there is no such group any more.</summary>
    public static bool SignalGroup(int group, int signal) => kill(-group, signal) == 0;

    /// <summary>Sends a signal to one process.</summary>
    public static bool SignalProcess(int process, int signal) => kill(process, signal) == 0;

    /// <summary>Process id of our parent; another one (init) takes its place when it dies.</summary>
    public static int Parent() => getppid();

    /// <summary>Gives a file a second name on the same file system; <see langword="false"/> if that cannot be.</summary>
    public static bool TryLink(string from, string to) => link(from, to) == 0;

    /// <summary>Opens a file to read it although somebody holds its lock, which FileStream refuses; negative if it is not there.</summary>
    public static int OpenUnlocked(string path) => open(path, CloseOnExec, 0);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(int folder, string path, int flags, uint mask, out Statx found);

    [LibraryImport("libc")]
    private static partial int statx(int folder, in byte path, int flags, uint mask, out Statx found);

    [LibraryImport("libc")]
    private static partial int kill(int process, int signal);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int link(string from, string to);

    [LibraryImport("libc")]
    private static partial int getppid();

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags, int mode);

    /// <summary>The fields we use of Linux's <c>struct statx</c>, at its offsets (statx(2)).</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    internal struct Statx
    {
        [FieldOffset(28)] public ushort Mode;
        [FieldOffset(32)] public ulong Inode;
        [FieldOffset(40)] public ulong Size;
        [FieldOffset(96)] public long ChangedSeconds;
        [FieldOffset(104)] public uint ChangedNanoseconds;
        [FieldOffset(112)] public long ModifiedSeconds;
        [FieldOffset(120)] public uint ModifiedNanoseconds;
        [FieldOffset(136)] public uint DeviceMajor;
        [FieldOffset(140)] public uint DeviceMinor;

        /// <summary>Whether it is a folder (S_IFDIR of inode(7)).</summary>
        public readonly bool IsFolder => (Mode & 0xF000) == 0x4000;
    }
}
