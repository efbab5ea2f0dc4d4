using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>Brings steps to their end: in children on this machine, or through a batch system. Only the engine commits.</summary>
public interface IStepExecutor
{
    /// <summary>
    /// What it holds at once beyond this machine: processors of the steps that it has. <see langword="null"/> if it works on this machine,
    /// whose processors and memory decide, and leaves when the engine does.
    /// </summary>
    int? Slots { get; }

    /// <summary>Whether it works on that step; the engine does what it leaves.</summary>
    bool Takes(Step step);

    /// <summary>
    /// Whether it has that attempt, from a run before this one or from this one: then its folder and its plan are still wanted. Not asked
    /// before the output folder is this run's alone.
    /// </summary>
    bool Keeps(string attempt);

    /// <summary>The attempt in which a run before this one left that very step with it; <see langword="null"/> if there is none.</summary>
    string? Adopt(string step, ContentHash fingerprint);

    /// <summary>Runs <c>exec-step --plan=P --row=I</c> somewhere; the task ends when that process has.</summary>
    /// <exception cref="StepFailed">It cannot be run.</exception>
    /// <exception cref="OperationCanceledException">Cancelled: it has ended, or the executor still keeps it.</exception>
    Task<RowEnd> Run(FrozenRow row, RowWatch watch, CancellationToken cancellation);
}

/// <summary>A step ready to be executed elsewhere.</summary>
/// <param name="Step">Identity of the step.</param>
/// <param name="Fingerprint">What it was frozen with.</param>
/// <param name="Plan">The frozen plan file.</param>
/// <param name="Row">Its row in that file.</param>
/// <param name="Folder">The folder of the attempt, which is there.</param>
/// <param name="Result">The file that its process writes, by rename, when it has ended its work.</param>
/// <param name="Log">Where its process's output goes.</param>
/// <param name="Needs">What it needs.</param>
/// <param name="Environment">Variables its process must have.</param>
public sealed record FrozenRow(
    string Step,
    ContentHash Fingerprint,
    string Plan,
    int Row,
    string Folder,
    string Result,
    string Log,
    Resources Needs,
    IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>Which attempt at the step it is, from 1; the log of a later one follows that of the one before.</summary>
    public int Attempt { get; init; } = 1;
}

/// <summary>Wants to know, while a row is executed.</summary>
/// <param name="Started">Told the process id of a child on this machine.</param>
/// <param name="Progress">Told how far it is.</param>
public sealed record RowWatch(Action<int> Started, IProgress<Progress> Progress);

/// <summary>How a row's process ended: <c>exit code 1</c>, <c>signal 9 (KILL)</c>, and the last lines it printed.</summary>
public sealed record RowEnd(string How, string Tail)
{
    /// <summary>Whether somebody else killed it (signal 9), as the kernel does when memory runs out.</summary>
    public bool WasKilled { get; init; }

    /// <summary>Whether it is the machine or the batch system that failed it, so that another try may go well.</summary>
    public bool WasLost { get; init; }

    /// <summary>The most memory it was seen to take with all that it started, in bytes; 0 if nobody looked.</summary>
    public long PeakMemory { get; init; }
}
