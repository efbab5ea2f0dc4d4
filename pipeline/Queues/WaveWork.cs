using System.Diagnostics;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Queues;

/// <summary>What is done for the waves, again and again: submit, take ends, cancel, look for what got lost. One turn at a time.</summary>
internal sealed class WaveWork(IBatchSystem system, QueueSettings settings, WaveBook book, WavePlan plan)
{
    // A job that the batch system says has failed may have written its last file all the same.
    private static readonly TimeSpan ShortLatency = TimeSpan.FromSeconds(2);
    private long? _silentSince;
    private long _lastLook = Stopwatch.GetTimestamp();

    /// <summary>One turn.</summary>
    public async Task Turn(CancellationToken cancellation)
    {
        book.Add(plan.Of(book.TakeFresh()));
        TakeEnds();
        try
        {
            foreach (Wave wave in Waves(wave => wave.Id.Length == 0 && wave.Open.Any(HasWaiter)))
                await Submit(wave, cancellation);
            await Cancel(cancellation);
            if (Stopwatch.GetElapsedTime(_lastLook) >= settings.Poll) await Look(cancellation);
            _silentSince = null;
        }
        catch (SiteSilenceException silent) { Bear(silent); }
    }

    /// <summary>Nothing can be done any more: all who wait are told.</summary>
    public void Fail(Exception problem)
    {
        foreach ((Wave wave, OpenRow row) in Rows(HasWaiter)) book.Close(wave, row, end => end.TrySetException(problem));
    }

    private async Task Submit(Wave wave, CancellationToken cancellation)
    {
        string first = wave.File.Rows[0].Step;
        try
        {
            string? id = wave.MayBeThere ? await system.Find(wave.Folder.Name, cancellation) : null;
            wave.MayBeThere = true;
            wave.Id = wave.Folder.Id = id ?? await system.Submit(wave.Folder, Request(wave), cancellation);
            foreach ((_, OpenRow row) in Rows(HasWaiter, wave)) row.Tell($"{system.Name} {wave.JobOf(row.Number)} waits");
        }
        catch (SiteRefusalException refusal) { Close(wave, _ => QueuesErrors.Refused(first, system.Name, refusal.Message)); }
        catch (StepFailed problem) { Close(wave, _ => problem); }
    }

    private JobRequest Request(Wave wave) => new(
        wave.File.Jobs,
        wave.File.Cpu,
        wave.File.Memory,
        TimeSpan.FromSeconds(wave.File.Seconds),
        settings.Of(wave.File.Stage),
        [.. wave.File.Host, .. WaveJob.Arguments(wave.Folder.File, ContentHash.OfFile(wave.Folder.File))]);

    private void TakeEnds()
    {
        foreach (Wave wave in Waves(_ => true))
            foreach (int ended in wave.Folder.Ended())
                if (wave.Find(ended) is { Waiter: not null } row && Read(wave, ended) is { } end)
                    book.Close(wave, row, waiting => waiting.TrySetResult(end));
    }

    // A network's file system may name a file before it gives it: the next turn sees it.
    private static RowEnd? Read(Wave wave, int row)
    {
        try { return wave.Folder.EndOf(row).Thaw(); }
        catch (IOException) { return null; }
    }

    private async Task Cancel(CancellationToken cancellation)
    {
        foreach (Wave wave in Waves(_ => true))
        {
            IGrouping<int, OpenRow>[] unwanted = [.. book.With(_ => wave.Unwanted())];
            if (unwanted.Length == 0) continue;
            try
            {
                if (wave.Id.Length == 0 && wave.MayBeThere) wave.Id = await system.Find(wave.Folder.Name, cancellation) ?? "";
                if (wave.Id.Length > 0) await system.Cancel(wave.Id, [.. unwanted.Select(job => job.Key)], cancellation);
            }
            catch (SiteSilenceException)
            {
                // Whoever stops us does not wait for a batch system that does not answer: the next run finds the jobs.
                foreach (OpenRow row in unwanted.SelectMany(job => job)) row.Waiter?.End.TrySetCanceled(cancellation);
                throw;
            }
            foreach (OpenRow row in unwanted.SelectMany(job => job)) book.Close(wave, row, end => end.TrySetCanceled(cancellation));
        }
    }

    private async Task Look(CancellationToken cancellation)
    {
        _lastLook = Stopwatch.GetTimestamp();
        Wave[] waves = Waves(wave => wave.Id.Length > 0 && wave.Open.Any(HasWaiter));
        if (waves.Length == 0) return;
        IReadOnlyDictionary<JobId, JobState> there = await system.Look([.. waves.Select(wave => wave.Folder.Name)], cancellation);
        foreach (Wave wave in waves)
            foreach ((_, OpenRow row) in Rows(HasWaiter, wave))
            {
                JobId job = wave.JobOf(row.Number);
                if (there.TryGetValue(job, out JobState? state)) await Watch(wave, row, job, state, cancellation);
                else await Search(wave, row, job, cancellation);
            }
    }

    private async Task Watch(Wave wave, OpenRow row, JobId job, JobState state, CancellationToken cancellation)
    {
        row.GoneSince = null;
        row.Tell(state.Where is { } where ? $"{system.Name} {job} on {where}" : $"{system.Name} {job} waits: {state.Reason}");
        if (!state.IsHopeless) return;
        await system.Cancel(wave.Id, [job.Element], cancellation);
        book.Close(wave, row, end => end.TrySetException(QueuesErrors.Hopeless(row.Row.Step, system.Name, job, state.Reason)));
    }

    // It neither waits nor runs. Its own file decides, and may be on its way.
    private async Task Search(Wave wave, OpenRow row, JobId job, CancellationToken cancellation)
    {
        row.GoneSince ??= Stopwatch.GetTimestamp();
        JobEnd end = await system.EndOf(job, cancellation);
        TimeSpan patience = end.Kind == JobEndKind.Done || settings.Latency < ShortLatency ? settings.Latency : ShortLatency;
        if (Stopwatch.GetElapsedTime(row.GoneSince.Value) < patience || wave.Folder.HasEnded(row.Number)) return;
        if (end.Kind == JobEndKind.OutOfTime) plan.AskForMoreTime(row.Row.Step);
        book.Close(wave, row, waiting => waiting.TrySetResult(new RowEnd($"{system.Name} {job}: {end.How}", TailOf(wave, job))
        {
            WasKilled = end.Kind == JobEndKind.OutOfMemory,
            // Whoever ended it meant to.
            WasLost = end.Kind is not (JobEndKind.OutOfMemory or JobEndKind.Cancelled),
        }));
    }

    private static string TailOf(Wave wave, JobId job)
    {
        const int most = 20;
        string output = wave.Folder.Output($"{job.Element}");
        try { return string.Join('\n', File.ReadLines(output).TakeLast(most)); }
        catch (IOException) { return ""; /* it never came to print */ }
    }

    private void Bear(SiteSilenceException silent)
    {
        bool isNew = _silentSince is null;
        _silentSince ??= Stopwatch.GetTimestamp();
        _lastLook = Stopwatch.GetTimestamp();
        (Wave Wave, OpenRow Row)[] waiting = [.. Rows(HasWaiter)];
        if (isNew && waiting.Length > 0) waiting[0].Row.Waiter?.Warn($"{system.Name} does not answer, is asked again: {silent.Message}");
        if (Stopwatch.GetElapsedTime(_silentSince.Value) < settings.Patience) return;
        _silentSince = null;
        foreach ((_, OpenRow row) in waiting) GiveUp(row, silent);
    }

    // The jobs may go on: the row stays ours, for the next run to take over.
    private void GiveUp(OpenRow row, SiteSilenceException silent)
    {
        Waiter? waiter = book.With(_ => row.Waiter);
        book.With(_ => row.Waiter = null);
        waiter?.End.TrySetException(QueuesErrors.Silent(row.Row.Step, system.Name, settings.Patience, silent.Message));
    }

    private static bool HasWaiter(OpenRow row) => row.Waiter is not null;

    private void Close(Wave wave, Func<OpenRow, Exception> problem)
    {
        foreach ((_, OpenRow row) in Rows(_ => true, wave)) book.Close(wave, row, end => end.TrySetException(problem(row)));
    }

    private Wave[] Waves(Func<Wave, bool> which) => book.With(waves => waves.Where(which).ToArray());

    private (Wave Wave, OpenRow Row)[] Rows(Func<OpenRow, bool> which, Wave? only = null) => book.With(waves =>
        waves.Where(wave => only is null || wave == only)
            .SelectMany(wave => wave.Open.Where(which).Select(row => (wave, row)))
            .ToArray());
}
