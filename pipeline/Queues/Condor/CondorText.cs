using System.Globalization;
using System.Text.RegularExpressions;

namespace TauPipeline.Queues;

/// <summary>What HTCondor's commands print, as its manual has it.</summary>
internal static class CondorText
{
    /// <summary>The attribute that is a wave's number.</summary>
    public const string ClusterAttribute = "ClusterId";

    private const string Process = "ProcId", Status = "JobStatus", HoldReason = "HoldReason", HoldCode = "HoldReasonCode";
    private const string RemoveReason = "RemoveReason", Host = "RemoteHost", ExitCode = "ExitCode";

    // JobStatus: 1 idle, 2 running, 3 removed, 4 completed, 5 held, 6 transferring output, 7 suspended.
    private const string Idle = "1", Running = "2", Removed = "3", Completed = "4", Held = "5", Transferring = "6", Suspended = "7";

    // HoldReasonCode: 34 more memory than asked for; 46, 47 longer than allowed.
    private static readonly string[] TooMuchMemory = ["34"], TooLong = ["46", "47"];

    private static readonly string[] Silence =
        ["Failed to connect", "Failed to fetch ads", "timed out", "Can't find address", "communication error"];

    private static readonly Regex Success = new(@"\d+ job\(s\) submitted to cluster (\d+)\.");

    /// <summary>What is asked for, of each job: a line each, in blocks.</summary>
    public static IReadOnlyList<string> Attributes { get; } =
        [ClusterAttribute, Process, Status, HoldReason, HoldCode, RemoveReason, Host, ExitCode];

    /// <summary>Whether a command failed because nobody answered.</summary>
    public static bool IsSilence(SiteAnswer answer) =>
        answer.ExitCode != 0 && Silence.Any(said => answer.Error.Contains(said, StringComparison.OrdinalIgnoreCase));

    /// <summary>The number in what <c>condor_submit</c> says when it went well.</summary>
    public static string? Cluster(string said) => Success.Match(said) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>Reads blocks of <c>Name = value</c>, with empty lines between them; those without a job's number are left out.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Blocks(string text) =>
    [
        .. text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(block => block.Split('\n')
                .Select(line => line.Split(" = ", 2))
                .Where(pair => pair.Length == 2 && pair[1] != "undefined")
                .GroupBy(pair => pair[0].Trim())
                .ToDictionary(pairs => pairs.Key, pairs => pairs.First()[1].Trim().Trim('"')))
            .Where(block => block.ContainsKey(ClusterAttribute) && int.TryParse(block.GetValueOrDefault(Process), out _)),
    ];

    /// <summary>The jobs that wait or run.</summary>
    public static IReadOnlyDictionary<JobId, JobState> Queue(IEnumerable<IReadOnlyDictionary<string, string>> blocks) =>
        blocks.Where(block => block.GetValueOrDefault(Status) is Idle or Running or Transferring or Suspended)
            .GroupBy(JobOf)
            .ToDictionary(jobs => jobs.Key, jobs => StateOf(jobs.First()));

    /// <summary>Whether a job waits for somebody to release it.</summary>
    public static bool IsHeld(IReadOnlyDictionary<string, string> block) => block.GetValueOrDefault(Status) == Held;

    /// <summary>How a job ended, or came to be held.</summary>
    public static JobEnd End(IReadOnlyDictionary<string, string> block)
    {
        string held = block.GetValueOrDefault(HoldReason, "not said"), removed = block.GetValueOrDefault(RemoveReason, "not said");
        return block.GetValueOrDefault(Status) switch
        {
            Completed => new JobEnd($"completed, exit code {block.GetValueOrDefault(ExitCode, "?")}", JobEndKind.Done),
            Held => new JobEnd($"held: {held}", HeldFor(block.GetValueOrDefault(HoldCode))),
            Removed => new JobEnd($"removed: {removed}", RemovedFor(removed)),
            var other => new JobEnd($"status {other}", JobEndKind.Lost),
        };
    }

    private static JobEndKind HeldFor(string? code) =>
        TooMuchMemory.Contains(code) ? JobEndKind.OutOfMemory : TooLong.Contains(code) ? JobEndKind.OutOfTime : JobEndKind.Lost;

    // By hand ("via condor_rm"), or by a rule of the site, which are mostly about time.
    private static JobEndKind RemovedFor(string reason) =>
        reason.Contains("condor_rm", StringComparison.Ordinal) ? JobEndKind.Cancelled
        : reason.Contains("time", StringComparison.OrdinalIgnoreCase) ? JobEndKind.OutOfTime
        : JobEndKind.Lost;

    private static JobId JobOf(IReadOnlyDictionary<string, string> block) =>
        new(block[ClusterAttribute], int.Parse(block[Process], CultureInfo.InvariantCulture));

    private static JobState StateOf(IReadOnlyDictionary<string, string> block) => block[Status] is Idle or Suspended
        ? new JobState(null, block[Status] == Idle ? "idle" : "suspended", false)
        : new JobState(block.GetValueOrDefault(Host, "a machine"), null, false);
}
