using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>Runs one step: attempts, checks, commit.</summary>
internal sealed class StepRunner(Workshop shop, IStepExecutor executor) : IDisposable
{
    private readonly IsolatedWork _isolated = new(shop, executor);
    // Told apart from the attempts of a killed run, whose children may still be writing.
    private readonly string _run = string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.ProcessId}-{ProcessMark.Of(Environment.ProcessId).StartTicks}");
    private readonly ConcurrentBag<Attempt> _empty = [];
    private int _attempts;

    /// <summary>Brings a stale step up to date; blocks until it is.</summary>
    /// <exception cref="PipelineException">It failed.</exception>
    /// <exception cref="OperationCanceledException">The run was interrupted.</exception>
    public StepRecord Run(PlannedStep planned, Verdict verdict, CancellationToken cancellation)
    {
        Step step = planned.Step;
        Attempt attempt = step.Isolated || !_empty.TryTake(out Attempt? used) ? New() : used;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (step.Needs.Timeout is { } timeout) limit.CancelAfter(timeout);
        shop.Log.Append(new AttemptStarted(step.Id, attempt.Id, ProcessMark.None));
        try
        {
            StepRecord record = RunIn(attempt, planned, verdict, limit.Token);
            if (!step.Isolated && IsEmptied(attempt)) _empty.Add(attempt);
            else Recovery.Sweep(attempt, shop.Narrator.Note); // a process that outlived its group may still know the folder
            return record;
        }
        catch (Exception problem)
        {
            // What fills the disk may be in there: without it there is room for the log.
            Recovery.Sweep(attempt, shop.Narrator.Note);
            LogEnd(step);
            if (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
                throw BuildGraphErrors.TimedOut(step, step.Needs.Timeout!.Value, step.Isolated ? shop.Folder.LogOf(step) : null);
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

    private Attempt New()
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"{_run}-{Interlocked.Increment(ref _attempts)}");
        var attempt = new Attempt(shop.Folder.Attempt(id));
        attempt.Create();
        return attempt;
    }

    private StepRecord RunIn(Attempt attempt, PlannedStep planned, Verdict verdict, CancellationToken cancellation)
    {
        Step step = planned.Step;
        long start = Stopwatch.GetTimestamp();
        if (Restored(attempt, step, verdict) is { } restored) return restored;
        string scratch = shop.Folder.Scratch(step, verdict.Fingerprint.With(shop.Request.Seed).Hash);
        var place = new WorkPlace(
            [.. step.Reads.Select((input, i) => new WorkInput(Place(attempt, input.Artifact, verdict.Lineage), verdict.Inputs[i]))],
            attempt,
            scratch,
            shop.Request.Seed,
            planned.Needs.Memory,
            shop.Folder.JournalOf(step, verdict.Fingerprint.With(shop.Request.Seed).Hash));
        IProgress<Progress> progress = shop.Narrator.ProgressOf(step);

        WorkDone work = step.Isolated
            ? _isolated.Do(planned, verdict, place, progress, cancellation)
            : new StepWork(step, place).Do(progress, cancellation);
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
