using System.Diagnostics;

namespace TauPipeline.Tests.Benchmarks;

/// <summary>
/// The same work on one thread and on two, one after the other: milliseconds of processor time, and how much sooner it ends on two.
/// </summary>
internal readonly record struct Scaling(double One, double All, double Longest, double Wall)
{
    public static Scaling Of(Action one, Action two)
    {
        long start = Stopwatch.GetTimestamp();
        double alone = ProcessorTime.Of(one);
        long middle = Stopwatch.GetTimestamp();
        (double all, double longest) = ProcessorTime.OfThreads(two);
        return new Scaling(alone, all, longest, (middle - start) / (double)(Stopwatch.GetTimestamp() - middle));
    }
}
