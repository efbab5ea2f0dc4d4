using System.Globalization;

namespace TauPipeline.BuildGraph;

/// <summary>How many steps may run side by side before a process has as many files open as it may (RLIMIT_NOFILE).</summary>
internal static class OpenFiles
{
    // What .NET, the log, the lock and a few threads of a step hold; and, for each step, three pipes of a child, its log, its plan, and
    // some files it reads.
    private const int Ours = 96, OfAStep = 8;
    private const string Line = "Max open files";

    /// <summary>The limit of this process; a very large number where there is none to be read.</summary>
    public static int Limit()
    {
        try
        {
            string? line = File.ReadLines("/proc/self/limits").FirstOrDefault(line => line.StartsWith(Line, StringComparison.Ordinal));
            return
                line is not null
                && int.TryParse(
                    line[Line.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0],
                    CultureInfo.InvariantCulture,
                    out int limit)
                ? limit
                : int.MaxValue;
        }
        catch (IOException) { return int.MaxValue; }
        catch (UnauthorizedAccessException) { return int.MaxValue; }
    }

    /// <summary>As many steps as that limit has room for, at least one.</summary>
    public static int StepsWithin(int limit) => Math.Max(1, (limit - Ours) / OfAStep);
}
