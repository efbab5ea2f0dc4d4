namespace TauPipeline.BuildGraph;

/// <summary>Brings a folder whose last run was killed back to a state between two steps; nobody has to ask for it.</summary>
internal static class Recovery
{
    /// <summary>Ends orphaned children, finishes or drops half-done commits, sweeps attempt folders.</summary>
    public static void Run(BuildFolder folder, BuildLog log, Commit commit, Action<string> note)
    {
        foreach (AttemptStarted started in log.Unfinished())
            if (started.Child.IsAlive && LibC.SignalGroup(started.Child.Id, LibC.Kill)) note($"ended process group {started.Child.Id}, left over from {started.Step} of a run that was killed");
        foreach (AttemptCommitting half in log.HalfCommitted())
        {
            if (commit.CanFinish(half)) commit.Finish(half);
            else log.Append(new AttemptEnded(half.Record.Id));
        }
        foreach (string folderPath in new[] { folder.Attempts, folder.Plans })
        {
            if (Directory.Exists(folderPath)) Directory.Delete(folderPath, recursive: true);
            Directory.CreateDirectory(folderPath);
        }
    }
}
