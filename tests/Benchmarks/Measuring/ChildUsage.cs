using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using CliWrap;
using CliWrap.Buffered;
using TauPipeline.Foundation;

namespace TauPipeline.Tests.Benchmarks;

/// <summary>What a whole process tree used: wall time, processor time of itself and all it waited for, and what it printed.</summary>
internal sealed record ChildUsage(double WallMilliseconds, double CpuMilliseconds, string Output)
{
    private const int LookEvery = 20; // ms

    private const int Children = -1;

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="StepFailed">It failed.</exception>
    public static ChildUsage Of(string program, IReadOnlyList<string> arguments, string folder)
    {
        double before = CpuOfChildren();
        long start = Stopwatch.GetTimestamp();
        CommandTask<BufferedCommandResult> child = Cli.Wrap(program).WithArguments(arguments).WithWorkingDirectory(folder)
            .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync();
        (long peak, long own) = PeakOf(child);
        BufferedCommandResult result = child.GetAwaiter().GetResult();
        double wall = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        if (!result.IsSuccess)
            throw new StepFailed(
                $"{program} {string.Join(' ', arguments)}: exit code {result.ExitCode}\n{result.StandardOutput}\n{result.StandardError}");
        // Processor time of children is the system's to tell, once they have been waited for; CliWrap tells none.
        return new ChildUsage(wall, CpuOfChildren() - before, result.StandardOutput)
        {
            PeakMiB = peak / 1048576.0,
            PeakOwnMiB = own / 1024.0,
        };
    }

    /// <summary>The most memory that the program itself had, of what was seen of it.</summary>
    public double PeakMiB { get; private init; }

    /// <summary>The same without what it maps of files, programs and libraries among them.</summary>
    public double PeakOwnMiB { get; private init; }

    // The system keeps the peak as long as the process lives; it is gone with it.
    private static (long All, long OwnKiB) PeakOf(CommandTask<BufferedCommandResult> child)
    {
        long peak = 0, own = 0;
        try
        {
            using var process = Process.GetProcessById(child.ProcessId);
            while (!child.Task.Wait(LookEvery))
            {
                process.Refresh();
                peak = Math.Max(peak, process.PeakWorkingSet64);
                own = Math.Max(own, OwnKiB(child.ProcessId));
            }
        }
        catch (Exception gone) when (gone is InvalidOperationException or ArgumentException or IOException) { }
        return (peak, own);
    }

    // "RssAnon:     12345 kB" of proc_pid_status(5).
    private static long OwnKiB(int process) =>
        File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/status"))
            .FirstOrDefault(line => line.StartsWith("RssAnon:", StringComparison.Ordinal)) is { } line
            ? long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
            : 0;

    private static double CpuOfChildren()
    {
        if (getrusage(Children, out Usage used) != 0) throw new Defect("getrusage failed");
        return (used.UserSeconds + used.SystemSeconds) * 1e3 + (used.UserMicroseconds + used.SystemMicroseconds) / 1e3;
    }

    [DllImport("libc")]
    private static extern int getrusage(int who, out Usage used);

    // struct rusage of getrusage(2): two times, then fourteen longs.
    [StructLayout(LayoutKind.Sequential, Size = 144)]
    private struct Usage
    {
        public long UserSeconds, UserMicroseconds, SystemSeconds, SystemMicroseconds;
    }
}
