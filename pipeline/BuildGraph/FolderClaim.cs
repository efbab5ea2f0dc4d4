namespace TauPipeline.BuildGraph;

/// <summary>An output folder held for work that is no run, say for cleaning it: no run works there until it is given back.</summary>
public sealed class FolderClaim : IDisposable
{
    private readonly BuildFolder _folder;
    private readonly FolderLock _lock;

    private FolderClaim(BuildFolder folder, FolderLock folderLock) => (_folder, _lock) = (folder, folderLock);

    /// <summary>Takes the request's output folder as a run would: waits for whoever has it, and tells the reporter for whom.</summary>
    /// <exception cref="Foundation.StepFailed">Somebody has it, and the request says not to wait.</exception>
    /// <exception cref="Foundation.Misuse">The folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while waiting.</exception>
    public static FolderClaim Take(BuildRequest request, CancellationToken cancellation)
    {
        var folder = new BuildFolder(request.Out);
        return new FolderClaim(folder, FolderLock.Take(folder, request, cancellation));
    }

    /// <summary>
    /// Removes all that the engine keeps in the folder; the lock last, so that who comes now and gets a new one finds nothing that still
    /// goes.
    /// </summary>
    public void RemoveState()
    {
        foreach (string entry in Directory.GetFileSystemEntries(_folder.Own).Where(entry => entry != _folder.Lock))
            if (Directory.Exists(entry)) Directory.Delete(entry, recursive: true);
            else File.Delete(entry);
        File.Delete(_folder.Lock);
        try { Directory.Delete(_folder.Own); }
        catch (IOException) { /* somebody has it anew */ }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();
}
