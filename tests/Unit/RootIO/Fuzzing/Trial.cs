using System.Diagnostics;
using TauPipeline.Foundation;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>
/// A damaged file that was read under the limits that hold for each: values or the room's own error that names the file, within 256 MiB
/// and 2 s.
/// </summary>
/// <param name="Refusal">The error, if it was refused.</param>
/// <param name="Fault">What a reader must never do, in words; <see langword="null"/> if it did nothing of that.</param>
/// <param name="Allocated">Bytes that this thread took for it.</param>
/// <param name="Time">How long it took.</param>
internal sealed record Trial(StepFailed? Refusal, string? Fault, long Allocated, TimeSpan Time)
{
    private const long MostBytes = 256L << 20;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    /// <summary>Reads a file.</summary>
    /// <param name="file">Its name, which each refusal must say.</param>
    /// <param name="read">Opens and reads it to the end; may give a refusal that it went on after.</param>
    public static Trial Of(string file, Func<StepFailed?> read)
    {
        Trial first = Once(file, read);
        if (first.Fault is not null || first.Time <= Longest) return first;
        // A busy machine may stop any case for seconds; only one that is slow again is slow.
        Trial second = Once(file, read);
        return second.Fault is null && second.Time > Longest ? second with { Fault = $"took {second.Time}" } : second;
    }

    private static Trial Once(string file, Func<StepFailed?> read)
    {
        StepFailed? refusal = null;
        string? fault = null;
        long before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        try { refusal = read(); }
        catch (StepFailed caught) { refusal = caught; }
        catch (Exception other) when (other is not StepFailed) { fault = other.ToString(); }
        TimeSpan time = watch.Elapsed;
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > MostBytes) fault ??= $"allocated {allocated >> 20} MiB";
        if (refusal is not null && !refusal.Text.ToString().Contains(file, StringComparison.Ordinal))
            fault ??= $"an error that does not name its file: {refusal.Text}";
        return new Trial(refusal, fault, allocated, time);
    }
}
