using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>A program to run: argument list, never a shell string.</summary>
public sealed record ProcessRequest(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>Its working folder; ours if <see langword="null"/>.</summary>
    public string? Folder { get; init; }

    /// <summary>Variables added to (or, with a null value, taken from) our environment.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>
    /// Whether it sees none of our environment but what <see cref="Environment"/> says (and the mark of the engine's attempt).
    /// </summary>
    public bool HasCleanEnvironment { get; init; }

    /// <summary>Text given to its standard input; nothing if <see langword="null"/>.</summary>
    public string? Input { get; init; }

    /// <summary>
    /// Receives each line of standard output and error as it comes, one at a time; if <see langword="null"/> both are collected.
    /// </summary>
    public Action<string>? Line { get; init; }

    /// <summary>Receives the lines of standard error; if <see langword="null"/> they go to <see cref="Line"/> too.</summary>
    public Action<string>? ErrorLine { get; init; }

    /// <summary>Told the process id, which is also the number of its group.</summary>
    public Action<int>? Started { get; init; }

    /// <summary>Called with the process id as soon as it runs, and then four times a second, by the thread that waits for it.</summary>
    public Action<int>? Look { get; init; }

    /// <summary>After this it is ended; <see langword="null"/> is for ever.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How long it may take to end after SIGTERM before it is killed.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>How a program ended; an exit code above 128 is 128 and the signal that ended it.</summary>
public sealed record ProcessOutcome(int ExitCode, string Output, string Error, bool TimedOut)
{
    internal const int SignalBase = 128;

    /// <summary>Whether signal 9 ended it (or ended what it ran last, as shells say by their own exit code).</summary>
    public bool WasKilled => ExitCode == SignalBase + LibC.Kill;

    /// <summary><c>exit code 3</c>, <c>signal 11 (SEGV)</c>.</summary>
    public string How => ExitCode > SignalBase
        ? $"signal {ExitCode - SignalBase} ({(ExitCode - SignalBase) switch { LibC.Terminate => "TERM", LibC.Kill => "KILL", 6 => "ABRT", 11 => "SEGV", 7 => "BUS", 8 => "FPE", 4 => "ILL", 2 => "INT", _ => "?" }})"
        : $"exit code {ExitCode}";
}

/// <summary>Runs programs in a group of their own that dies with us.</summary>
public static class ProcessRunner
{
    private static readonly ProcessSpawner Spawner = new();

    /// <summary>
    /// The file of a program: itself where it names a folder, else the first of that name on <c>PATH</c>; <see langword="null"/> if there
    /// is none.
    /// </summary>
    public static string? Find(string program) => ProgramPath.Find(program);

    /// <summary>Runs a program to its end; on cancellation or timeout its group gets SIGTERM, then KILL.</summary>
    /// <exception cref="StepFailed">The program cannot be started.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the group is gone.</exception>
    public static ProcessOutcome Run(ProcessRequest request, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var child = ChildProcess.Start(request, Spawner);
        bool timedOut = !child.WaitForExit(request.Timeout, cancellation);
        if (timedOut || cancellation.IsCancellationRequested) child.Stop(request.Grace);
        ProcessOutcome outcome = child.Collect(timedOut && !cancellation.IsCancellationRequested);
        cancellation.ThrowIfCancellationRequested();
        return outcome;
    }
}
