using System.Globalization;
using System.Runtime.InteropServices;
using TauPipeline.Foundation;

namespace TauPipeline.Tests.Benchmarks;

/// <summary>Processor time, which other work on the machine lengthens little: of this thread, and of each thread of the process.</summary>
internal static class ProcessorTime
{
    private const int ThreadClock = 3; // CLOCK_THREAD_CPUTIME_ID of clock_gettime(2)

    /// <summary>Milliseconds that the calling thread spends on the work.</summary>
    public static double Of(Action work)
    {
        double before = Now();
        work();
        return Now() - before;
    }

    /// <summary>Keeps the calling thread at work until it has spent so many milliseconds more.</summary>
    public static void Spend(double milliseconds)
    {
        double end = Now() + milliseconds;
        while (Now() < end) Thread.SpinWait(100);
    }

    /// <summary>Milliseconds that all threads of the process spend on the work, and the longest of one thread.</summary>
    public static (double All, double Longest) OfThreads(Action work)
    {
        Dictionary<string, double> before = Threads();
        work();
        double[] spent = [.. Threads().Select(thread => thread.Value - before.GetValueOrDefault(thread.Key))];
        return (spent.Sum(), spent.Max());
    }

    // The first number of schedstat is nanoseconds on a processor.
    private static Dictionary<string, double> Threads() => Directory.GetDirectories("/proc/self/task")
        .ToDictionary(
            task => task,
            task => double.Parse(File.ReadAllText(Path.Combine(task, "schedstat")).Split(' ')[0], CultureInfo.InvariantCulture) / 1e6);

    private static double Now() =>
        clock_gettime(ThreadClock, out Time now) == 0
            ? now.Seconds * 1e3 + now.Nanoseconds / 1e6
            : throw new Defect("clock_gettime failed");

    [DllImport("libc")]
    private static extern int clock_gettime(int clock, out Time now);

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public long Seconds, Nanoseconds;
    }
}
