using System.Diagnostics;
using System.Runtime.InteropServices;
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
        var info = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var child = Process.Start(info)!;
        Task<string> errors = child.StandardError.ReadToEndAsync();
        Task<long> peak = Task.Run(() => PeakOf(child));
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        double wall = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        if (child.ExitCode != 0)
            throw new StepFailed($"{program} {string.Join(' ', arguments)}: exit code {child.ExitCode}\n{output}\n{errors.Result}");
        return new ChildUsage(wall, CpuOfChildren() - before, output) { PeakMiB = peak.Result / 1048576.0 };
    }

    /// <summary>The most memory that the program itself had, of what was seen of it.</summary>
    public double PeakMiB { get; private init; }

    // The system keeps the peak as long as the process lives; it is gone with it.
    private static long PeakOf(Process child)
    {
        long peak = 0;
        try
        {
            while (!child.WaitForExit(LookEvery))
            {
                child.Refresh();
                peak = Math.Max(peak, child.PeakWorkingSet64);
            }
        }
        catch (InvalidOperationException) { }
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
