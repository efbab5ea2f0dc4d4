using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace TauPipeline.BuildGraph;

/// <summary>The one writer of an output folder. The lock is the operating system's, so a killed holder leaves none behind.</summary>
internal sealed class FolderLock : IDisposable
{
    // What says that somebody has it; a disk that may not be written, or is full, is no reason to wait.
    private const int WouldBlock = 11, WouldBlockOnMac = 35, SharingViolation = 32;
    private const int LongestText = 4096;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);
    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, waiting for whoever has it; makes the folder.</summary>
    /// <exception cref="Foundation.StepFailed">Somebody has it and the request says not to wait.</exception>
    /// <exception cref="Foundation.Misuse">The folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while waiting.</exception>
    public static FolderLock Take(BuildFolder folder, BuildRequest request, CancellationToken cancellation)
    {
        try { return WaitFor(folder, request, cancellation); }
        catch (Exception problem) when (problem is UnauthorizedAccessException or IOException)
        {
            throw BuildGraphErrors.FolderUnwritable(folder.Root, problem);
        }
    }

    /// <summary>
    /// Who works on a folder now, as it wrote itself down, or <see langword="null"/>; found without touching the lock, so nobody is held
    /// up by the question.
    /// </summary>
    public static string? HolderNow(BuildFolder folder)
    {
        if (!OperatingSystem.IsLinux() || FileStamp.Of(folder.Lock) is not { } file) return null;
        string holder = Holder(folder.Lock);
        string[] words = holder.Split(' ');
        // proc(5): "1: FLOCK  ADVISORY  WRITE 708 08:01:2506 0 EOF"; an older text may stand in the file of a lock that nobody has.
        return
            words is ["pid", var process, ..]
            && File.ReadLines("/proc/locks")
                .Any(line =>
                    line.Contains($" FLOCK  ADVISORY  WRITE {process} ", StringComparison.Ordinal)
                    && line.Contains($":{file.Inode} ", StringComparison.Ordinal))
            ? holder
            : null;
    }

    /// <summary>Whether an open file still stands at that path: another may have taken its place, or none.</summary>
    internal static bool IsAt(string path, FileStream file) =>
        !OperatingSystem.IsLinux()
        || FileStamp.Of(path)?.Inode == FileStamp.Of($"/proc/self/fd/{file.SafeFileHandle.DangerousGetHandle()}")?.Inode;

    public void Dispose() => _file.Dispose();

    private static FolderLock WaitFor(BuildFolder folder, BuildRequest request, CancellationToken cancellation)
    {
        bool told = false;
        while (true)
        {
            if (TryOpen(folder) is { } file)
            {
                Sign(file, request.CommandLine);
                return new FolderLock(file);
            }
            if (!request.Wait) throw BuildGraphErrors.FolderBusy(folder.Root, Holder(folder.Lock));
            if (!told) request.Reporter.Report(new BuildNote($"waiting for another run on {folder.Root}: {Holder(folder.Lock)}"));
            told = true;
            cancellation.WaitHandle.WaitOne(Patience);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private static void Sign(FileStream file, string commandLine)
    {
        try
        {
            file.SetLength(0);
            file.Write(
                Encoding.UTF8.GetBytes(
                    $"pid {Environment.ProcessId} on {Environment.MachineName} since {DateTime.UtcNow.ToString("u", CultureInfo.InvariantCulture)}: {commandLine}\n"
                ));
            file.Flush();
        }
        catch (IOException)
        {
            Abandon(file);
            throw;
        }
    }

    // What could not be written is still in the stream, which would try again while it is closed.
    private static void Abandon(FileStream file)
    {
        try { file.Dispose(); }
        catch (IOException) { /* the first failure is the one to tell */ }
    }

    // The folder may be cleaned away by whoever is waited for: before the file is opened, or between that and its lock, and
    // then what is locked is no longer what the next one finds.
    private static FileStream? TryOpen(BuildFolder folder)
    {
        Directory.CreateDirectory(folder.Own); // what cannot be made is no reason to wait
        try
        {
            var file = new FileStream(folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            if (IsAt(folder.Lock, file)) return file;
            file.Dispose();
            return null;
        }
        catch (DirectoryNotFoundException) { return null; }
        catch (IOException problem) when ((problem.HResult & 0xFFFF) is WouldBlock or WouldBlockOnMac or SharingViolation) { return null; }
    }

    private static string Holder(string path)
    {
        if (!OperatingSystem.IsLinux()) return "its holder is not known here";
        using var handle = new SafeFileHandle(LibC.OpenUnlocked(path), ownsHandle: true);
        if (handle.IsInvalid) return "its holder has just left";
        var text = new byte[LongestText];
        return Encoding.UTF8.GetString(text, 0, RandomAccess.Read(handle, text, 0)).Trim();
    }
}
