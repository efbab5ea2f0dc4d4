using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>What is to be brought up to date, where and how.</summary>
public sealed record BuildRequest
{
    /// <summary>All stages of the campaign, in the order of the flow.</summary>
    public required IReadOnlyList<IStage> Stages { get; init; }

    /// <summary>Names of the stages wanted; what they need is added.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>
    /// Whether only the targets' own steps may run (Cake's <c>--exclusive</c>): a stale input elsewhere is then an error.
    /// </summary>
    public bool Exclusive { get; init; }

    /// <summary>The output folder, absolute.</summary>
    public required string Out { get; init; }

    /// <summary>The campaign's seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Code fingerprint of each stage; a stage that is not listed has none.</summary>
    public required IReadOnlyDictionary<string, ContentHash> Code { get; init; }

    /// <summary>
    /// Names what differs between two states of a stage's code, if it is known: <c>SpectrumStage.Fill, BinEdges..ctor</c>.
    /// </summary>
    public Func<string, ContentHash, ContentHash, string?> CodeChanges { get; init; } = (_, _, _) => null;

    /// <summary>The resolved campaign, frozen into the plan file so that a child composes the same catalogue.</summary>
    public required string Campaign { get; init; }

    /// <summary>Program and first arguments of a child of the same binary; <c>exec-step --plan=P --row=I</c> is appended.</summary>
    public required IReadOnlyList<string> ChildCommand { get; init; }

    /// <summary>The command line, for the lock's message.</summary>
    public string CommandLine { get; init; } = "";

    /// <summary>Processors to use.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>Memory to use, in bytes; 0 is four fifths of what the machine has.</summary>
    public long Memory { get; init; }

    /// <summary>How many there are of each named token (<c>gpu</c>); one of each that is not listed.</summary>
    public IReadOnlyDictionary<string, int> Tokens { get; init; } = new Dictionary<string, int>();

    /// <summary>Where results are shared with other checkouts; nowhere if <see langword="null"/>.</summary>
    public CacheSettings? Cache { get; init; }

    /// <summary>What works on the steps that it takes; everything is done on this machine if <see langword="null"/>.</summary>
    public IStepExecutor? Executor { get; init; }

    /// <summary>Called at the points where a crash could hurt, so that tests can be that crash.</summary>
    internal Action<string>? Passing { get; init; }

    /// <summary>What is younger than this when it is read is not yet known by its stamp; shorter in tests, which know their disk.</summary>
    internal TimeSpan Tick { get; init; } = FileStamp.CoarsestTick;

    /// <summary>Whether independent steps go on after a failure.</summary>
    public bool KeepGoing { get; init; }

    /// <summary>Whether a second run on the same folder waits for the first.</summary>
    public bool Wait { get; init; } = true;

    /// <summary>Told of everything that happens; called from several threads, one at a time.</summary>
    public required IBuildReporter Reporter { get; init; }
}

/// <summary>Is told what happens.</summary>
public interface IBuildReporter
{
    /// <summary>Something happened.</summary>
    void Report(BuildEvent happened);
}

/// <summary>Something that happened in a build.</summary>
public abstract record BuildEvent;

/// <summary>A step begins, for these reasons.</summary>
public sealed record StepStarted(Step Step, IReadOnlyList<StaleReason> Reasons) : BuildEvent;

/// <summary>A step says how far it is.</summary>
public sealed record StepProgressed(Step Step, Progress Progress) : BuildEvent;

/// <summary>A step failed and is tried again, with the same fingerprint.</summary>
/// <param name="Step">The step.</param>
/// <param name="Attempt">Which attempt comes now: 2 is the first retry.</param>
/// <param name="Memory">The memory that this attempt has, in bytes: more than before if the last one was killed.</param>
/// <param name="Error">Why the last attempt failed.</param>
public sealed record StepRetried(Step Step, int Attempt, long Memory, ErrorText Error) : BuildEvent;

/// <summary>A step has ended or was left alone.</summary>
public sealed record StepEnded(Step Step, StepOutcome Outcome, TimeSpan Duration, ErrorText? Error, IReadOnlyList<StaleReason> Reasons)
    : BuildEvent
{
    /// <summary>How often it was tried in this run, at least 1.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>The most memory that its child was seen to take, in bytes; 0 if it had none or nobody looked.</summary>
    public long PeakMemory { get; init; }
}

/// <summary>Something the user should know: waiting for another run, a torn log that was cut, an orphan that was ended.</summary>
public sealed record BuildNote(string Text) : BuildEvent;

/// <summary>What became of a step.</summary>
public enum StepOutcome
{
    /// <summary>It ran and its outputs are new.</summary>
    Ran,
    /// <summary>It ran, and every output is the same as before: nothing downstream needs to run for it.</summary>
    RanUnchanged,
    /// <summary>It did not run: its outputs came from the run cache.</summary>
    Restored,
    /// <summary>Something upstream ran, but what this step reads is the same: it did not run.</summary>
    CutOff,
    /// <summary>Nothing to do.</summary>
    UpToDate,
    /// <summary>It failed.</summary>
    Failed,
    /// <summary>It could not run because something it needs failed.</summary>
    Blocked,
    /// <summary>
    /// It was stopped by an interrupt, or never begun because of one or because another step failed and not all were to go on.
    /// </summary>
    Cancelled,
}

/// <summary>Why a step runs (or would), with both operands: <c>setting spectrum.pt: [20, 40] -&gt; [20, 30, 40]</c>.</summary>
/// <param name="Component">What differs: <c>setting spectrum.pt</c>, <c>input tuple ingest/dy.h5 column tau_pt</c>, <c>output
/// spectrum.json</c>, <c>code Spectrum</c>.</param>
/// <param name="Old">Before, or <see langword="null"/> if there was none.</param>
/// <param name="New">Now, or <see langword="null"/> if there is none any more.</param>
public sealed record StaleReason(string Component, string? Old, string? New)
{
    /// <summary>The members whose code changed, where code did and they are known.</summary>
    public string? Members { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Members is null
        ? $"{Component}: {Old ?? "none"} -> {New ?? "none"}"
        : $"code of {Component.Split(' ')[^1]} changed: {Members}";
}

/// <summary>How a build ended.</summary>
/// <param name="Steps">Each step's outcome and duration, in plan order.</param>
/// <param name="FirstError">The first failure: decides exit code and message.</param>
/// <param name="Interrupted">Whether it was stopped by the user.</param>
public sealed record BuildSummary(IReadOnlyList<StepEnded> Steps, PipelineException? FirstError, bool Interrupted)
{
    /// <summary>How many steps had that outcome.</summary>
    public int Count(StepOutcome outcome) => Steps.Count(step => step.Outcome == outcome);
}
