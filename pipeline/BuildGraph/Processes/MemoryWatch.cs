using System.Globalization;

namespace TauPipeline.BuildGraph;

/// <summary>
/// Watches how much memory a child and all that it starts take: at each look the sum of their high-water marks (VmHWM of
/// proc(5)), four times a second. What rises and dies between two looks is not seen: a lower limit.
/// </summary>
internal sealed class MemoryWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private readonly Timer? _timer;
    private long _peak;

    /// <summary>Watches the process of that number.</summary>
    public MemoryWatch(int process)
    {
        if (OperatingSystem.IsLinux()) _timer = new Timer(_ => Look(process), null, TimeSpan.Zero, Interval);
    }

    /// <summary>Bytes; 0 where nothing could be seen.</summary>
    public long Peak => Interlocked.Read(ref _peak);

    public void Dispose() => _timer?.Dispose();

    private void Look(int process)
    {
        long sum = 0;
        var open = new Stack<int>([process]);
        while (open.TryPop(out int one))
        {
            sum += HighWater(one);
            foreach (int child in Children(one)) open.Push(child);
        }
        if (sum > Peak) Interlocked.Exchange(ref _peak, sum);
    }

    private static long HighWater(int process)
    {
        string line = Lines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)) ?? "";
        return line.Length > 0 && long.TryParse(line["VmHWM:".Length..^"kB".Length], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out long kibibytes) ? kibibytes << 10 : 0;
    }

    // A file for each thread, as any of them may have started children.
    private static IEnumerable<int> Children(int process)
    {
        string[] threads;
        try { threads = Directory.GetDirectories($"/proc/{process}/task"); }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException) { return []; }
        return threads.SelectMany(thread => Lines(thread + "/children")).SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(number => int.Parse(number, CultureInfo.InvariantCulture));
    }

    private static string[] Lines(string file)
    {
        try { return File.ReadAllLines(file); }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException) { return []; }
    }
}
