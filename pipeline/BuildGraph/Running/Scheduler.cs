using System.Diagnostics;
using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>
/// Decides steps as soon as everything they read is as it will be, and starts stale ones while there are processors and
/// memory. All decisions are taken on one thread at a time; only the steps themselves run side by side.
/// </summary>
internal sealed class Scheduler : IDisposable
{
    private readonly Workshop _shop;
    private readonly StepRunner _runner;
    private readonly RetryRule _retries = new();
    private readonly Progression _progression;
    private readonly Lane _here, _away;
    private readonly StepThreads _threads = new();
    private readonly Queue<PlannedStep> _arrived = new();
    private readonly WaitingQueue<Done> _done = new();
    private readonly Dictionary<PlannedStep, Begun> _before = [];
    private readonly CancellationToken _cancellation;
    private int _running;

    public Scheduler(Workshop shop, Progression progression, CancellationToken cancellation)
    {
        _shop = shop;
        _progression = progression;
        _cancellation = cancellation;
        BuildRequest request = shop.Request;
        _runner = new StepRunner(shop);
        long memory = request.Memory > 0 ? request.Memory : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 5 * 4;
        Func<IReadOnlyList<TimeSpan>>? lengths =
            request.Jobs == 1 && request.Executor is null ? null : () => CriticalPath.Of(shop.Plan, shop.Log);
        _here = new Lane(new Budget(Processors(request.Jobs), memory, request.Tokens), memory, lengths);
        // What is not of this machine is counted, and refused, where it is.
        _away = new Lane(new Budget(request.Executor?.Slots ?? 0, long.MaxValue, request.Tokens), long.MaxValue, lengths);
    }

    private bool MayStart => !_cancellation.IsCancellationRequested && (_shop.Request.KeepGoing || _progression.FirstError is null);

    /// <summary>Runs everything to its end. When it throws, no step is running any more.</summary>
    public void Run()
    {
        try
        {
            foreach (PlannedStep step in _shop.Plan.Steps)
                if (step.Upstream.Count == 0) _arrived.Enqueue(step);
            do
            {
                while (_arrived.TryDequeue(out PlannedStep? step)) Decide(step);
                StartReady();
                if (_running > 0 && _done.TryTake(out Done? done)) End(done);
            }
            while (_running > 0 || _arrived.Count > 0 || _here.Count > 0 || _away.Count > 0);
        }
        finally
        {
            for (; _running > 0; _running--) _done.TryTake(out _);
        }
    }

    /// <summary>Lets the threads end and removes the folders they worked in; nothing may be running.</summary>
    public void Dispose()
    {
        _threads.Dispose();
        _runner.Dispose();
    }

    private int Processors(int jobs)
    {
        int limit = OpenFiles.Limit(), most = OpenFiles.StepsWithin(limit);
        if (jobs > most)
            _shop.Narrator.Note($"at most {most} of {jobs} steps run at once: a process may have only {limit} files open here");
        return Math.Max(1, Math.Min(jobs, most));
    }

    private void Decide(PlannedStep planned)
    {
        if (_progression.Obstacle(planned) is { } obstacle) { End(planned, obstacle); return; }
        if (_cancellation.IsCancellationRequested) { End(planned, StepOutcome.Cancelled); return; }
        Verdict verdict;
        try { verdict = _shop.Judge.Of(planned, _cancellation); }
        catch (OperationCanceledException) { End(planned, StepOutcome.Cancelled); return; }
        catch (Exception problem) { Fail(planned, StepFailure.Of(planned.Step, problem), []); return; }
        if (verdict.IsUpToDate) End(planned, _progression.AnyUpstreamRan(planned) ? StepOutcome.CutOff : StepOutcome.UpToDate);
        else if (_shop.Request.Exclusive && !planned.IsTarget)
            Fail(planned, BuildGraphErrors.StaleElsewhere(planned.Step, verdict.Reasons), verdict.Reasons);
        else if (_shop.Judge.Gone(planned.Step) is { } gone) Fail(planned, BuildGraphErrors.RawMissing(gone), verdict.Reasons);
        else LaneOf(planned).Add(planned, verdict);
    }

    private void StartReady()
    {
        foreach (Lane lane in (ReadOnlySpan<Lane>)[_here, _away])
        {
            while (!MayStart && lane.TryTakeAny(out PlannedStep? never)) End(never, StepOutcome.Cancelled);
            while (lane.TryTake(out PlannedStep? planned, out Verdict? verdict)) Start(planned, verdict);
        }
    }

    private Lane LaneOf(PlannedStep planned) => _runner.LeavesUs(planned.Step) ? _away : _here;

    private void Start(PlannedStep planned, Verdict verdict)
    {
        if (_before.TryAdd(planned, new Begun(_shop.Log.Step(planned.Step.Id), Stopwatch.GetTimestamp())))
        {
            if (LaneOf(planned).Budget.Beyond(planned.Needs) is { } beyond) _shop.Narrator.Note($"{planned.Step.Id} asks for {beyond}: it runs alone");
            _shop.Narrator.Tell(new StepStarted(planned.Step, verdict.Reasons));
        }
        _running++;
        if (_runner.LeavesUs(planned.Step)) { Wait(planned, verdict); return; }
        Done? done = null;
        _threads.Run(() => done = Work(planned, verdict).GetAwaiter().GetResult(), () => _done.Put(done!));
    }

    // What is worked on elsewhere needs no thread while it is.
    private void Wait(PlannedStep planned, Verdict verdict) => _ = Task.Run(async () => _done.Put(await Work(planned, verdict)));

    private async Task<Done> Work(PlannedStep planned, Verdict verdict)
    {
        try { return new Done(planned, verdict, await _runner.Run(planned, verdict, _cancellation), null); }
        catch (Exception problem) { return new Done(planned, verdict, null, problem); }
    }

    private void End(Done done)
    {
        _running--;
        Lane lane = LaneOf(done.Step);
        lane.Ended(done.Step);
        PipelineException? failure = done.Problem is null or OperationCanceledException
            ? null
            : StepFailure.Of(done.Step.Step, done.Problem);
        if (failure is not null && MayStart && _retries.Again(done.Step, failure, lane.Memory))
        {
            _shop.Narrator.Tell(new StepRetried(done.Step.Step, done.Step.Attempt, done.Step.Needs.Memory, failure.Text));
            lane.Add(done.Step, done.Verdict);
            return;
        }
        _before.Remove(done.Step, out Begun? before);
        TimeSpan duration = Stopwatch.GetElapsedTime(before!.Start);
        if (done.Problem is OperationCanceledException) End(done.Step, StepOutcome.Cancelled, duration, done.Verdict.Reasons);
        else if (failure is not null) Fail(done.Step, failure, done.Verdict.Reasons, duration);
        else End(done.Step, Outcome(done.Record!, before.Record), duration, done.Verdict.Reasons);
    }

    private static StepOutcome Outcome(StepRecord now, StepRecord? before) =>
        now.IsRestored ? StepOutcome.Restored : now.MadeTheSameAs(before) ? StepOutcome.RanUnchanged : StepOutcome.Ran;

    private void Fail(PlannedStep planned, PipelineException failure, IReadOnlyList<StaleReason> reasons, TimeSpan duration = default)
    {
        _progression.Failed(failure);
        Release(planned, new StepEnded(planned.Step, StepOutcome.Failed, duration, failure.Text, reasons));
    }

    private void End(PlannedStep planned, StepOutcome outcome, TimeSpan duration = default, IReadOnlyList<StaleReason>? reasons = null) =>
        Release(planned, new StepEnded(planned.Step, outcome, duration, null, reasons ?? []));

    private void Release(PlannedStep planned, StepEnded ended)
    {
        if (planned.Attempt > 1 || planned.PeakMemory > 0)
            ended = ended with { Attempts = planned.Attempt, PeakMemory = planned.PeakMemory };
        _shop.Narrator.Tell(ended);
        foreach (PlannedStep reader in _progression.Ended(planned, ended)) _arrived.Enqueue(reader);
    }

    private sealed record Begun(StepRecord? Record, long Start);

    private sealed record Done(PlannedStep Step, Verdict Verdict, StepRecord? Record, Exception? Problem);
}
