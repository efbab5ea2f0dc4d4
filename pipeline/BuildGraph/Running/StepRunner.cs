using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>Runs one step: attempts, checks, commit.</summary>
internal sealed class StepRunner(Workshop shop) : IDisposable
{
    private readonly IsolatedWork _isolated = new(shop);
    private readonly LocalExecutor _children = new(shop.Request.ChildCommand);
    // Told apart from the attempts of a killed run, whose children may still be writing.
    private readonly string _run = string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.ProcessId}-{ProcessMark.Of(Environment.ProcessId).StartTicks}");
    private readonly ConcurrentBag<Attempt> _empty = [];
    private int _attempts;

    /// <summary>Whether another executor than this machine works on that step.</summary>
    public bool LeavesUs(Step step) => shop.Request.Executor?.Takes(step) == true;

    /// <summary>Brings a stale step up to date; blocks until it is, but for one that leaves us.</summary>
    /// <exception cref="PipelineException">It failed.</exception>
    /// <exception cref="OperationCanceledException">The run was interrupted.</exception>
    public async Task<StepRecord> Run(PlannedStep planned, Verdict verdict, CancellationToken cancellation)
    {
        Step step = planned.Step;
        IStepExecutor? executor = LeavesUs(step) ? shop.Request.Executor : step.Isolated ? _children : null;
        Attempt attempt = Of(planned, verdict, executor);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        // Where it leaves us it may wait for a place, and whoever runs it ends it in time.
        if (step.Needs.Timeout is { } timeout && !LeavesUs(step)) limit.CancelAfter(timeout);
        shop.Log.Append(new AttemptStarted(step.Id, attempt.Id, ProcessMark.None));
        try
        {
            StepRecord record = await RunIn(attempt, planned, verdict, executor, limit.Token);
            if (executor is null && IsEmptied(attempt)) _empty.Add(attempt);
            else Recovery.Sweep(attempt, shop.Narrator.Note); // a process that outlived its group may still know the folder
            return record;
        }
        catch (Exception problem)
        {
            if (executor?.Keeps(attempt.Id) != true)
            {
                // What fills the disk may be in there: without it there is room for the log.
                Recovery.Sweep(attempt, shop.Narrator.Note);
                LogEnd(step);
            }
            if (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
                throw BuildGraphErrors.TimedOut(step, step.Needs.Timeout!.Value, executor is null ? null : shop.Folder.LogOf(step));
            if (cancellation.IsCancellationRequested) throw new OperationCanceledException(problem.Message, problem, cancellation);
            throw StepFailure.Of(step, problem);
        }
    }

    /// <summary>Removes the folders that no step needs any more.</summary>
    public void Dispose()
    {
        foreach (Attempt attempt in _empty) Recovery.Sweep(attempt, shop.Narrator.Note);
    }

    // Why the step failed is what is to be told. What the log does not know to have ended counts as killed in the next run.
    private void LogEnd(Step step)
    {
        try { shop.Log.Append(new AttemptEnded(step.Id)); }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            shop.Narrator.Note($"the build log could not take that an attempt at {step.Id} has ended: {problem.Message}");
        }
    }

    // What is done is done: a folder that cannot be emptied is only not used again.
    private static bool IsEmptied(Attempt attempt)
    {
        try { attempt.Empty(); }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException) { return false; }
        return true;
    }

    // Nor does a checkpoint that stays behind undo what is committed.
    private void RemoveScratch(string scratch)
    {
        if (!Directory.Exists(scratch)) return;
        try { Directory.Delete(scratch, recursive: true); }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            shop.Narrator.Note($"a scratch folder could not be removed yet: {problem.Message}");
        }
    }

    private Attempt Of(PlannedStep planned, Verdict verdict, IStepExecutor? executor)
    {
        if (executor is null && _empty.TryTake(out Attempt? used)) return used;
        string? left = planned.Attempt == 1 ? executor?.Adopt(planned.Step.Id, verdict.Fingerprint.Hash) : null;
        return left is null ? New() : new Attempt(shop.Folder.Attempt(left));
    }

    private Attempt New()
    {
        Attempt attempt;
        // One of an earlier run of this very process may still be with a batch system.
        do
        {
            string id = string.Create(CultureInfo.InvariantCulture, $"{_run}-{Interlocked.Increment(ref _attempts)}");
            attempt = new Attempt(shop.Folder.Attempt(id));
        }
        while (shop.Request.Executor?.Keeps(attempt.Id) == true);
        attempt.Create();
        return attempt;
    }

    private async Task<StepRecord> RunIn(
        Attempt attempt,
        PlannedStep planned,
        Verdict verdict,
        IStepExecutor? executor,
        CancellationToken cancellation)
    {
        Step step = planned.Step;
        long start = Stopwatch.GetTimestamp();
        // What a batch system works on in there is nobody's place to write to.
        if (executor?.Keeps(attempt.Id) != true && Restored(attempt, step, verdict) is { } restored) return restored;
        string scratch = shop.Folder.Scratch(step, verdict.Fingerprint.With(shop.Request.Seed).Hash);
        var place = new WorkPlace(
            [.. step.Reads.Select((input, i) => new WorkInput(Place(attempt, input.Artifact, verdict.Lineage), verdict.Inputs[i]))],
            attempt,
            scratch,
            shop.Request.Seed,
            planned.Needs.Memory,
            shop.Folder.JournalOf(step, verdict.Fingerprint.With(shop.Request.Seed).Hash));
        IProgress<Progress> progress = shop.Narrator.ProgressOf(step);

        WorkDone work = executor is null
            ? new StepWork(step, place).Do(progress, cancellation)
            : await _isolated.Do(planned, verdict, place, executor, progress, cancellation);
        shop.Request.Passing?.Invoke($"worked {step.Id}");

        IReadOnlyList<OutputRecord> outputs = Commit.Inspect(step, attempt, work.Columns);
        CheckInputs(step, verdict);
        Fingerprint fingerprint =
            work.UsedSeed && !verdict.Fingerprint.HasSeed ? verdict.Fingerprint.With(shop.Request.Seed) : verdict.Fingerprint;
        var record = new StepRecord(step.Id, fingerprint, outputs, Stopwatch.GetElapsedTime(start));
        shop.Commit.Take(attempt, record);
        shop.Cache?.Keep(record, shop.Folder);
        RemoveScratch(scratch);
        return record;
    }

    // What the cache has goes the same way as what the step would have made: inspected, then renamed into place.
    private StepRecord? Restored(Attempt attempt, Step step, Verdict verdict)
    {
        if (shop.Cache is null) return null;
        Fingerprint[] possible = verdict.Fingerprint.HasSeed
            ? [verdict.Fingerprint]
            : [verdict.Fingerprint, verdict.Fingerprint.With(shop.Request.Seed)];
        if (shop.Cache.TryRestore(step, possible, attempt) is not { } hit) return null;
        IReadOnlyList<OutputRecord> outputs = Commit.Inspect(step, attempt, hit.Columns);
        CheckInputs(step, verdict);
        var record = new StepRecord(step.Id, hit.Fingerprint, outputs, TimeSpan.FromSeconds(hit.Result.Seconds)) { IsRestored = true };
        shop.Commit.Take(attempt, record);
        return record;
    }

    private string Place(Attempt attempt, Artifact artifact, string? lineage)
    {
        if (artifact.Kind == ArtifactKind.Raw) return artifact.Source!.Location;
        if (artifact.Kind != ArtifactKind.Lineage) return shop.Folder.Product(artifact.Path);
        string place = attempt.Lineage(artifact);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        File.WriteAllText(place, lineage);
        return place;
    }

    private void CheckInputs(Step step, Verdict verdict)
    {
        for (int i = 0; i < step.Reads.Count; i++)
        {
            Artifact artifact = step.Reads[i].Artifact;
            bool same = artifact.Kind switch
            {
                ArtifactKind.Raw => shop.Contents.OfFile(artifact.Source!.Location)?.Hash == verdict.Inputs[i].Hash,
                ArtifactKind.Product or ArtifactKind.Folder => IsSameProduct(artifact),
                _ => true,
            };
            if (!same) throw BuildGraphErrors.InputChanged(step, artifact);
        }
    }

    private bool IsSameProduct(Artifact artifact)
    {
        return shop.Contents.IsUntouched(artifact.Path)
            || shop.Contents.OfProduct(artifact.Kind, artifact.Path)?.Hash
                == shop.Log.Step(shop.Plan.MakerOf(artifact.Path).Step.Id)?.Output(artifact.Path)?.Hash;
    }
}
