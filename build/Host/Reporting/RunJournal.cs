using System.Collections.Concurrent;
using System.Diagnostics;
using TauPipeline.BuildGraph;

namespace TauPipeline.Host;

/// <summary>Notes when each step began, and hands every event on.</summary>
internal sealed class RunJournal(IBuildReporter next) : IBuildReporter
{
    private readonly ConcurrentDictionary<string, TimeSpan> _starts = new();
    private readonly ConcurrentQueue<string> _notes = new();
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>When the run began.</summary>
    public DateTime Began { get; } = DateTime.UtcNow;

    /// <summary>Whether anything was begun: a run that found nothing to do leaves no report.</summary>
    public bool IsWorthKeeping => !_starts.IsEmpty;

    /// <summary>What the user was told besides.</summary>
    public IReadOnlyCollection<string> Notes => _notes;

    /// <summary>When that step began, since the run did; <see langword="null"/> if it never did.</summary>
    public TimeSpan? StartOf(Step step) => _starts.TryGetValue(step.Id, out TimeSpan start) ? start : null;

    public void Report(BuildEvent happened)
    {
        if (happened is StepStarted started) _starts[started.Step.Id] = Stopwatch.GetElapsedTime(_start);
        else if (happened is BuildNote note) _notes.Enqueue(note.Text);
        next.Report(happened);
    }
}
