using System.Diagnostics;
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
        long peak = PeakOf(child);
        BufferedCommandResult result = child.GetAwaiter().GetResult();
        double wall = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        if (!result.IsSuccess)
            throw new StepFailed(
                $"{program} {string.Join(' ', arguments)}: exit code {result.ExitCode}\n{result.StandardOutput}\n{result.StandardError}");
        // Processor time of children is the system's to tell, once they have been waited for; CliWrap tells none.
        return new ChildUsage(wall, CpuOfChildren() - before, result.StandardOutput) { PeakMiB = peak / 1048576.0 };
    }

    /// <summary>The most memory that the program itself had, of what was seen of it.</summary>
    public double PeakMiB { get; private init; }

    // The system keeps the peak as long as the process lives; it is gone with it.
    private static long PeakOf(CommandTask<BufferedCommandResult> child)
    {
        long peak = 0;
        try
        {
            using var process = Process.GetProcessById(child.ProcessId);
            while (!child.Task.Wait(LookEvery))
            {
                process.Refresh();
                peak = Math.Max(peak, process.PeakWorkingSet64);
            }
        }
        catch (Exception gone) when (gone is InvalidOperationException or ArgumentException) { }
        return peak;
    }

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
