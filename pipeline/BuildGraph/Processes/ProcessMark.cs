using System.Globalization;

namespace TauPipeline.BuildGraph;

/// <summary>Which process it was: a number alone may be a stranger's by now, with boot and start time it is not.</summary>
internal readonly record struct ProcessMark(int Id, string Boot, long StartTicks)
{
    private const string BootFile = "/proc/sys/kernel/random/boot_id";

    /// <summary>No process of its own.</summary>
    public static ProcessMark None { get; } = new(0, "", 0);

    /// <summary>The mark of a process that lives now; <see cref="None"/> if it does not, or where there is no <c>/proc</c>.</summary>
    public static ProcessMark Of(int process)
    {
        try
        {
            return new ProcessMark(process, File.ReadAllText(BootFile).Trim(), ReadStartTicks(process));
        }
        catch (IOException) { return None; }
        catch (UnauthorizedAccessException) { return None; }
    }

    /// <summary>Whether that very process is still there.</summary>
    public bool IsAlive => Id != 0 && Of(Id) == this;

    // Field 22 of /proc/PID/stat; the name (field 2) may hold spaces and parentheses, so count from the last ')'.
    private static long ReadStartTicks(int process)
    {
        string stat = File.ReadAllText($"/proc/{process}/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return long.Parse(fields[19], CultureInfo.InvariantCulture);
    }
}
