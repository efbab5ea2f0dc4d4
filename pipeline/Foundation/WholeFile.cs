namespace TauPipeline.Foundation;

/// <summary>
/// A file that is there whole or not at all, also to those who read it meanwhile: written beside its place under a name of its
/// writer's own, then renamed into it.
/// </summary>
public static class WholeFile
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
        catch
        {
            File.Delete(fresh);
            throw;
        }
    }

    /// <summary>Writes it through a stream.</summary>
    /// <param name="place">Where it is to stand.</param>
    /// <param name="write">Is given the stream to write to.</param>
    /// <param name="survivesPowerLoss">Whether it is on the disk before it takes its place.</param>
    /// <exception cref="IOException">There is no room, or no right to write: nothing is left behind.</exception>
    public static void WriteStream(string place, Action<FileStream> write, bool survivesPowerLoss = false) => Write(place, fresh =>
    {
        using FileStream file = File.Create(fresh);
        write(file);
        file.Flush(survivesPowerLoss);
    });

    /// <summary>The name under which this thread writes what is to stand there: the place's own, a dot and more.</summary>
    public static string Unfinished(string place) => $"{place}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}";
}
