using System.Collections.Concurrent;
using TauPipeline.BuildGraph;

namespace TauPipeline.Host;

/// <summary>Remembers which stages had a step that did not succeed, and hands every event on.</summary>
internal sealed class FailedStages(IBuildReporter next) : IBuildReporter
{
    private readonly ConcurrentDictionary<string, bool> _failed = new();

    public bool Contains(string stage) => _failed.ContainsKey(stage);

    public void Report(BuildEvent happened)
    {
        if (happened is StepEnded { Outcome: StepOutcome.Failed or StepOutcome.Blocked or StepOutcome.Cancelled } ended)
            _failed[ended.Step.Stage] = true;
        next.Report(happened);
    }
}
