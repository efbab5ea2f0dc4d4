using System.Globalization;

namespace TauPipeline.BuildGraph;

/// <summary>
/// Watches how much memory a child and all that it starts take: at each look the sum of their high-water marks (VmHWM of
/// proc(5)). What rises and dies between two looks is not seen: a lower limit. (The kernel's own sum, ru_maxrss, will not do:
/// a child started by vfork begins with its parent's mark.)
/// </summary>
internal sealed class MemoryWatch
{
    /// <summary>Bytes; 0 where nothing could be seen.</summary>
    public long Peak { get; private set; }

    /// <summary>Looks at that child, which has not been waited for.</summary>
    public void Look(int process)
    {
        long sum = 0;
        var open = new Stack<int>([process]);
        while (open.TryPop(out int one))
        {
            sum += HighWater(one);
            foreach (int child in Children(one)) open.Push(child);
        }
        Peak = Math.Max(Peak, sum);
    }

    private static long HighWater(int process)
    {
        string line = Lines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)) ?? "";
        if (line.Length == 0) return 0;
        const NumberStyles Padded = NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;
        return long.TryParse(line["VmHWM:".Length..^"kB".Length], Padded, CultureInfo.InvariantCulture, out long kibibytes)
            ? kibibytes << 10
            : 0;
    }

    // A file for each thread, as any of them may have started children.
    private static IEnumerable<int> Children(int process)
    {
        string[] threads;
        try { threads = Directory.GetDirectories($"/proc/{process}/task"); }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException) { return []; }
        return threads.SelectMany(thread => Lines(thread + "/children"))
            .SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(number => int.Parse(number, CultureInfo.InvariantCulture));
    }

    private static string[] Lines(string file)
    {
        try { return File.ReadAllLines(file); }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException) { return []; }
    }
}
