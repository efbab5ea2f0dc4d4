using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>How far a run is: which steps have ended and how, and which stages therewith.</summary>
internal sealed class Progression
{
    private readonly BuildPlan _plan;
    private readonly StepEnded?[] _ended;
    private readonly int[] _waitsFor;
    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TaskCompletionSource> _stages = new(StringComparer.Ordinal);

    public Progression(BuildPlan plan)
    {
        _plan = plan;
        _ended = new StepEnded?[plan.Steps.Count];
        _waitsFor = new int[plan.Steps.Count];
        foreach (string stage in plan.Stages)
            _stages.TryAdd(stage, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        foreach (PlannedStep step in plan.Steps)
        {
            _waitsFor[step.Index] = step.Upstream.Count;
            _open[step.Step.Stage] = (_open.TryGetValue(step.Step.Stage, out int before) ? before : 0) + 1;
        }
        foreach ((string stage, TaskCompletionSource done) in _stages)
            if (!_open.ContainsKey(stage)) done.SetResult();
    }

    /// <summary>The first failure.</summary>
    public PipelineException? FirstError { get; private set; }

    /// <summary>Completes when the stage has ended.</summary>
    public Task Finished(string stage) =>
        _stages.TryGetValue(stage, out TaskCompletionSource? done) ? done.Task : throw new Defect($"no stage '{stage}'");

    /// <summary>A step failed.</summary>
    public void Failed(PipelineException failure) => FirstError ??= failure;

    /// <summary>Why a step whose makers have all ended can nevertheless not run.</summary>
    public StepOutcome? Obstacle(PlannedStep planned)
    {
        StepOutcome? obstacle = null;
        foreach (PlannedStep maker in planned.Upstream)
        {
            StepOutcome made = _ended[maker.Index]!.Outcome;
            if (made is StepOutcome.Failed or StepOutcome.Blocked) return StepOutcome.Blocked;
            if (made == StepOutcome.Cancelled) obstacle = StepOutcome.Cancelled;
        }
        return obstacle;
    }

    /// <summary>Whether anything ran in this build that the step depends on.</summary>
    public bool AnyUpstreamRan(PlannedStep planned) =>
        planned.Upstream.Any(maker =>
            _ended[maker.Index]!.Outcome is StepOutcome.Ran or StepOutcome.RanUnchanged or StepOutcome.Restored or StepOutcome.CutOff);

    /// <summary>Whether that step's products were put in their places in this build.</summary>
    public bool HasRun(PlannedStep planned) =>
        _ended[planned.Index]?.Outcome is StepOutcome.Ran or StepOutcome.RanUnchanged or StepOutcome.Restored;

    /// <summary>Whether that step did any work in this build, be it in vain.</summary>
    public bool HasWorked(PlannedStep planned) =>
        _ended[planned.Index]?.Outcome is StepOutcome.Ran or StepOutcome.RanUnchanged or StepOutcome.Failed;

    /// <summary>A step has ended; gives, once, the steps that waited for nothing else.</summary>
    public IEnumerable<PlannedStep> Ended(PlannedStep planned, StepEnded ended)
    {
        _ended[planned.Index] = ended;
        if (--_open[planned.Step.Stage] == 0) _stages[planned.Step.Stage].SetResult();
        return planned.Downstream.Count == 0 ? [] : planned.Downstream.Where(reader => --_waitsFor[reader.Index] == 0);
    }

    /// <summary>Everything has ended: what has not been reached counts as cancelled.</summary>
    public BuildSummary Close(bool interrupted)
    {
        foreach (TaskCompletionSource stage in _stages.Values) stage.TrySetResult();
        return new BuildSummary(
            [.. _plan.Steps.Select(step => _ended[step.Index] ?? new StepEnded(step.Step, StepOutcome.Cancelled, default, null, []))],
            FirstError,
            interrupted);
    }
}
