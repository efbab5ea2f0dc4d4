namespace TauPipeline.BuildGraph;

/// <summary>A file of the cache that others may read at any time: written beside its place under a name of its writer's own, then renamed into it.</summary>
internal static class WholeFile
{
    /// <summary>Writes it, in the place of an older one.</summary>
    /// <param name="place">Where it is to stand.</param>
    /// <param name="write">Is given the path to write to.</param>
    /// <exception cref="IOException">There is no room, or no right to write: nothing is left behind.</exception>
    public static void Write(string place, Action<string> write)
    {
        string fresh = Unfinished(place);
        try
        {
            write(fresh);
            File.Move(fresh, place, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            File.Delete(fresh);
            throw;
        }
    }

    /// <summary>The name under which this thread writes what is to stand there: the place's own, a dot and more.</summary>
    public static string Unfinished(string place) => $"{place}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}";
}
