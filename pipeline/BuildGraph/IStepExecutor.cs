namespace TauPipeline.BuildGraph;

/// <summary>Brings isolated steps to their end: in children on this machine, or through a batch system. Only the engine commits.</summary>
public interface IStepExecutor
{
    /// <summary>Whether the children run on this machine and must leave when the engine does.</summary>
    bool IsLocal { get; }

    /// <summary>Runs <c>exec-step --plan=P --row=I</c> somewhere; the task ends when that process has.</summary>
    Task<RowEnd> Run(FrozenRow row, RowWatch watch, CancellationToken cancellation);
}

/// <summary>A step ready to be executed elsewhere.</summary>
/// <param name="Step">Identity of the step.</param>
/// <param name="Plan">The frozen plan file.</param>
/// <param name="Row">Its row in that file.</param>
/// <param name="Result">The file that its process writes, by rename, when it has ended its work.</param>
/// <param name="Log">Where its process's output goes.</param>
/// <param name="Needs">What it needs.</param>
/// <param name="Environment">Variables its process must have.</param>
public sealed record FrozenRow(
    string Step,
    string Plan,
    int Row,
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

    /// <summary>The most memory it was seen to take with all that it started, in bytes; 0 if nobody looked.</summary>
    public long PeakMemory { get; init; }
}
