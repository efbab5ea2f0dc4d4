using System.Globalization;

namespace TauPipeline.Queues;

/// <summary>What Slurm's commands print.</summary>
internal static class SlurmText
{
    /// <summary>Array, element, state, reason, node: the reason may hold commas and spaces, never a bar.</summary>
    public const string QueueFormat = "%F|%K|%T|%r|%N";

    /// <summary>State and exit code.</summary>
    public const string AccountFormat = "State,ExitCode";

    // Said by clients that did not reach the controller, or too late: the request may have been heard.
    private static readonly string[] Silence =
    [
        "Unable to contact slurm controller", "Socket timed out", "Connection refused", "Connection timed out",
        "Resource temporarily unavailable",
    ];

    // Why a job would wait for ever, or until an operator helps.
    private static readonly string[] Hopeless =
    [
        "PartitionConfig", "PartitionNodeLimit", "PartitionTimeLimit", "BadConstraints", "DependencyNeverSatisfied", "InvalidAccount",
        "InvalidQOS", "JobHoldMaxRequeue", "launch failed requeued held", "QOSMaxCpuPerJobLimit", "QOSMaxMemoryPerJob",
        "QOSMaxWallDurationPerJobLimit", "AssocMaxCpuPerJobLimit", "AssocMaxWallDurationPerJobLimit", "MaxMemPerLimit",
    ];

    /// <summary>Whether a command failed because nobody answered.</summary>
    public static bool IsSilence(SiteAnswer answer) =>
        answer.ExitCode != 0 && Silence.Any(said => answer.Error.Contains(said, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads lines of <c>squeue --array</c> in <see cref="QueueFormat"/>; those that are none are left out.</summary>
    public static IReadOnlyDictionary<JobId, JobState> Queue(IEnumerable<string> lines)
    {
        var jobs = new Dictionary<JobId, JobState>();
        foreach (string line in lines)
        {
            string[] fields = line.Split('|');
            if (fields.Length != 5 || !int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out int element)) continue;
            bool waits = fields[2] is "PENDING" or "REQUEUED" or "REQUEUE_HOLD" or "SUSPENDED";
            string reason = fields[3];
            jobs[new JobId(fields[0], element)] = new JobState(
                waits ? null : fields[4],
                reason,
                waits && Hopeless.Contains(reason, StringComparer.OrdinalIgnoreCase));
        }
        return jobs;
    }

    /// <summary>Reads a line of <c>sacct --parsable2</c> in <see cref="AccountFormat"/>.</summary>
    public static JobEnd AccountEnd(string line)
    {
        string[] fields = line.Split('|');
        return End(fields[0], fields.Length > 1 ? fields[1] : "", "");
    }

    /// <summary>Reads a line of <c>scontrol show job --oneliner</c>.</summary>
    public static JobEnd ShownEnd(string line) => End(Field(line, "JobState"), Field(line, "ExitCode"), Field(line, "Reason"));

    // "CANCELLED by 1000" has more than the state in it.
    private static JobEnd End(string state, string exitCode, string reason)
    {
        JobEndKind kind = state.Split(' ')[0] switch
        {
            "COMPLETED" => JobEndKind.Done,
            "OUT_OF_MEMORY" => JobEndKind.OutOfMemory,
            "TIMEOUT" or "DEADLINE" => JobEndKind.OutOfTime,
            "CANCELLED" => JobEndKind.Cancelled,
            _ => JobEndKind.Lost,
        };
        string also = reason is "" or "None" ? "" : $", {reason}";
        return new JobEnd(exitCode.Length == 0 ? $"{state}{also}" : $"{state}{also}, exit code {exitCode}", kind);
    }

    private static string Field(string line, string name)
    {
        int start = line.IndexOf($"{name}=", StringComparison.Ordinal);
        if (start < 0) return "";
        start += name.Length + 1;
        int end = line.IndexOf(' ', start);
        return line[start..(end < 0 ? line.Length : end)].Trim();
    }
}
