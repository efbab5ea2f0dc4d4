namespace TauPipeline.BuildGraph;

/// <summary>What one run of the engine works with, from taking the folder's lock to giving it back.</summary>
internal sealed class Workshop : IDisposable
{
    private readonly FolderLock _lock;

    private Workshop(BuildRequest request, BuildPlan plan, FolderLock folderLock, BuildFolder folder, BuildLog log, Narrator narrator)
    {
        Request = request;
        Plan = plan;
        Folder = folder;
        Log = log;
        Narrator = narrator;
        Contents = new Contents(folder, log, request.Tick);
        Judge = new Judge(plan, log, Contents, request);
        Commit = new Commit(folder, log, Contents, request.Passing);
        if (request.Cache is { } cache) Cache = new RunCache(cache, narrator.Note);
        _lock = folderLock;
    }

    public BuildRequest Request { get; }
    public BuildPlan Plan { get; }
    public BuildFolder Folder { get; }
    public BuildLog Log { get; }
    public Narrator Narrator { get; }
    public Contents Contents { get; }
    public Judge Judge { get; }
    public Commit Commit { get; }

    /// <summary>The run cache, if there is to be one.</summary>
    public RunCache? Cache { get; }

    /// <summary>Checks the graph, takes the lock, mends what a killed run left, and checks the raw files.</summary>
    public static Workshop Open(BuildRequest request, CancellationToken cancellation)
    {
        var plan = BuildPlan.Of(request.Stages, request.Targets);
        var folder = new BuildFolder(request.Out);
        var narrator = new Narrator(request.Reporter);
        FolderLock folderLock = FolderLock.Take(folder, request, cancellation);
        BuildLog? log = null;
        try
        {
            log = BuildLog.Open(folder, narrator.Note, request.Passing);
            var workshop = new Workshop(request, plan, folderLock, folder, log, narrator);
            Recovery.Run(folder, log, workshop.Commit, attempt => request.Executor?.Keeps(attempt) == true, narrator.Note);
            RawFiles.Check(plan, workshop.Contents, request.Jobs, cancellation);
            if (workshop.Contents.Gone is > 0 and var gone)
                narrator.Note(
                    $"{gone} raw {(gone == 1 ? "file is" : "files are")} no longer there; what was made of {(gone == 1 ? "it" : "them")} stays as long as nothing has to read {(gone == 1 ? "it" : "them")} again"
                );
            if (log.HasReleased)
                workshop.Judge.Needed = NeededAgain.Of(
                    plan,
                    folder,
                    log,
                    [.. BuildPreview.Look(plan, workshop.Judge, cancellation).Select(step => step.Forecast)]);
            return workshop;
        }
        catch (Exception problem)
        {
            Close(log, folderLock);
            if (problem is UnauthorizedAccessException or IOException) throw BuildGraphErrors.FolderUnwritable(folder.Root, problem);
            throw;
        }
    }

    public void Dispose()
    {
        try { Cache?.Trim(); }
        finally
        {
            try { Log.Dispose(); }
            finally { _lock.Dispose(); }
        }
    }

    // Something has gone wrong already, and that is what is to be told.
    private static void Close(BuildLog? log, FolderLock folderLock)
    {
        try { log?.Dispose(); }
        catch (Exception next) when (next is IOException or UnauthorizedAccessException) { /* as said */ }
        finally { folderLock.Dispose(); }
    }
}
