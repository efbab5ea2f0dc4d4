using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TauPipeline.BuildGraph;

/// <summary>The calls that start a child, watch it and wait for it.</summary>
internal static partial class LibC
{
    // Room for what only the library looks into: posix_spawnattr_t is 336 bytes (glibc, musl), sigset_t 128, posix_spawn_file_actions_t 80.
    private const int Opaque = 512;
    private const int BrokenPipe = 13, Interrupted = 4, DoNotWait = 1;
    private const short DefaultSignals = 0x04, SignalMask = 0x08, NewSession = 0x80, NewSessionOfMac = 0x400;
    private const int SetStatus = 4, SetOwner = 8, SetSignal = 10, Asynchronous = 0x2000;
    private const int PidfdOpen = 434; // the same on every architecture; libraries of before 2022 have no name for it

    /// <summary>Starts a program as leader of a session and a group of its own; when this returns 0 it has begun.</summary>
    /// <returns>0, or the number of the error.</returns>
    public static int Spawn(ChildStart start, out int process)
    {
        Span<byte> files = stackalloc byte[Opaque], attributes = stackalloc byte[Opaque], signals = stackalloc byte[Opaque];
        posix_spawn_file_actions_init(files);
        posix_spawnattr_init(attributes);
        posix_spawnattr_setflags(
            attributes,
            (short)(DefaultSignals | SignalMask | (OperatingSystem.IsMacOS() ? NewSessionOfMac : NewSession)));
        sigemptyset(signals);
        posix_spawnattr_setsigmask(attributes, signals);
        sigaddset(signals, BrokenPipe); // .NET ignores it, and what is ignored stays so in a child
        posix_spawnattr_setsigdefault(attributes, signals);

        if (start.Folder is not null) posix_spawn_file_actions_addchdir_np(files, start.Folder);
        if (start.Input is null) posix_spawn_file_actions_addopen(files, 0, "/dev/null", 0, 0);
        else posix_spawn_file_actions_adddup2(files, Number(start.Input), 0);
        posix_spawn_file_actions_adddup2(files, Number(start.Output), 1);
        posix_spawn_file_actions_adddup2(files, Number(start.Error), 2);
        if (start.LifeLine is not null)
            posix_spawn_file_actions_adddup2(files, Number(start.LifeLine), Number(start.LifeLine)); // stays open in the child

        int error = posix_spawn(out process, start.Program, files, attributes, start.Arguments, start.Environment);
        posix_spawn_file_actions_destroy(files);
        posix_spawnattr_destroy(attributes);
        return error;
    }

    /// <summary>A file that is ready to read once that process has ended (pidfd_open); invalid where there is no such thing.</summary>
    public static SafeFileHandle OpenProcess(int process) => new((nint)syscall(PidfdOpen, process, 0), ownsHandle: true);

    /// <summary>Waits until one of the files is ready or that time has passed; or less, when a signal comes.</summary>
    public static void Poll(Span<Watched> files, TimeSpan wait) =>
        poll(files, (nuint)files.Length, (int)Math.Ceiling(Math.Max(0, wait.TotalMilliseconds)));

    /// <summary>
    /// How a child ended, which can be asked once: its exit code, or 128 and the signal; <see langword="null"/> if it has not, negative
    /// if it is no child (any more).
    /// </summary>
    public static int? Reap(int process, bool wait)
    {
        int found, status;
        do found = waitpid(process, out status, wait ? 0 : DoNotWait);
        while (found < 0 && Marshal.GetLastPInvokeError() == Interrupted);
        if (found <= 0) return found == 0 ? null : found;
        int signal = status & 0x7f;
        return signal == 0 ? (status >> 8) & 0xff : ProcessOutcome.SignalBase + signal;
    }

    /// <summary>
    /// Lets the kernel send a signal to the owner of an open file whenever something happens to it (<c>O_ASYNC</c>); it has none yet.
    /// </summary>
    public static bool Announce(SafeHandle file, int signal) =>
        fcntl(Number(file), SetSignal, signal) == 0 && fcntl(Number(file), SetStatus, Asynchronous) == 0;

    /// <summary>Makes a process group the owner of an open file.</summary>
    public static void GiveTo(SafeHandle file, int group) => _ = fcntl(Number(file), SetOwner, -group);

    private static int Number(SafeHandle file) => (int)file.DangerousGetHandle();

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_init(Span<byte> files);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_destroy(Span<byte> files);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_adddup2(Span<byte> files, int from, int to);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawn_file_actions_addopen(Span<byte> files, int to, string path, int flags, int mode);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawn_file_actions_addchdir_np(Span<byte> files, string folder);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_init(Span<byte> attributes);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_destroy(Span<byte> attributes);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setflags(Span<byte> attributes, short flags);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setsigmask(Span<byte> attributes, Span<byte> signals);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setsigdefault(Span<byte> attributes, Span<byte> signals);

    [LibraryImport("libc")]
    private static partial int sigemptyset(Span<byte> signals);

    [LibraryImport("libc")]
    private static partial int sigaddset(Span<byte> signals, int signal);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawn(
        out int process,
        string program,
        Span<byte> files,
        Span<byte> attributes,
        string?[] arguments,
        string?[] environment);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int waitpid(int process, out int status, int options);

    [LibraryImport("libc")]
    private static partial int poll(Span<Watched> files, nuint count, int milliseconds);

    [LibraryImport("libc")]
    private static partial long syscall(long number, long first, long second);

    [LibraryImport("libc")]
    private static partial int fcntl(int file, int command, int argument);

    /// <summary><c>struct pollfd</c>: a file to be watched (negative: none), and what was found.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Watched(int file)
    {
        public int File = file;
        public short Sought = 1; // POLLIN
        public short Found = 0;

        /// <summary>Whether reading it will not block: there is something, or its end.</summary>
        public readonly bool IsReady => Found != 0;
    }
}
