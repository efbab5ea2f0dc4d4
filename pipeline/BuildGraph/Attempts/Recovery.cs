namespace TauPipeline.BuildGraph;

/// <summary>Brings a folder whose last run was killed back to a state between two steps; nobody has to ask for it.</summary>
internal static class Recovery
{
    /// <summary>Ends orphaned children, finishes or drops half-done commits, sweeps attempt folders.</summary>
    /// <param name="folder">The output folder.</param>
    /// <param name="log">Its log.</param>
    /// <param name="commit">Finishes commits.</param>
    /// <param name="keeps">Whether a batch system still has the attempt: it is left alone.</param>
    /// <param name="note">Told what was found.</param>
    public static void Run(BuildFolder folder, BuildLog log, Commit commit, Func<string, bool> keeps, Action<string> note)
    {
        // What has been committed, or given up, is of no use to anybody.
        AttemptStarted[] unfinished = [.. log.Unfinished()];
        HashSet<string> stays = [.. unfinished.Select(started => started.Attempt).Where(keeps)];
        foreach (AttemptStarted started in unfinished)
            if (!stays.Contains(started.Attempt)) EndOrphans(started, folder.Attempt(started.Attempt), note);
        foreach (AttemptCommitting half in log.HalfCommitted())
        {
            if (commit.CanFinish(half)) commit.Finish(half);
            else log.Append(new AttemptEnded(half.Record.Id));
        }
        Directory.CreateDirectory(folder.Attempts);
        Directory.CreateDirectory(folder.Plans);
        foreach (string attempt in Directory.GetDirectories(folder.Attempts))
            if (!stays.Contains(Attempt.IdOf(attempt))) Sweep(new Attempt(attempt), note);
        foreach (string plan in Directory.GetFiles(folder.Plans))
            if (!stays.Contains(Path.GetFileNameWithoutExtension(plan))) File.Delete(plan);
    }

    private static void EndOrphans(AttemptStarted started, string attempt, Action<string> note)
    {
        bool group = started.Child.IsAlive && LibC.SignalGroup(started.Child.Id, LibC.Kill);
        int ended = AttemptProcesses.End(attempt);
        if (group || ended > 0)
            note(
                $"ended {(group ? $"process group {started.Child.Id}" : $"{ended} processes")}, left over from {started.Step} of a run that was killed"
            );
    }

    /// <summary>Removes the folder of an attempt now or, if that cannot be, in the next run.</summary>
    public static void Sweep(Attempt attempt, Action<string> note)
    {
        // A child that is just being killed may still put a file into a folder that we are emptying.
        try { attempt.Delete(); }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            note($"the folder of an attempt could not be removed yet: {problem.Message}");
        }
    }
}
