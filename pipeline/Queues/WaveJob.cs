using System.Globalization;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Queues;

/// <summary>
/// A job of a wave, on the machine that the batch system chose: runs its rows in children, as on the machine of the driver, and tells how
/// each ended. Each child compares its row's fingerprint for itself.
/// </summary>
public static class WaveJob
{
    /// <summary>The word that starts it, before what <see cref="Arguments"/> gives.</summary>
    public const string Verb = "exec-wave";

    private const string FileOption = "--wave=", HashOption = "--hash=", JobOption = "--job=";
    private const int Interrupted = 130;

    /// <summary>The arguments of a wave's jobs; the job's place in the wave is appended.</summary>
    internal static IReadOnlyList<string> Arguments(string file, ContentHash hash) =>
        [Verb, FileOption + file, HashOption + hash, JobOption];

    /// <summary>Runs it.</summary>
    /// <returns>The exit code: what became of the rows is in their files.</returns>
    /// <exception cref="Misuse">The arguments are none, or the wave is not the one that was submitted.</exception>
    public static async Task<int> Run(IReadOnlyList<string> words, CancellationToken cancellation)
    {
        string place = Value(words, FileOption), job = Value(words, JobOption);
        if (!int.TryParse(job, NumberStyles.None, CultureInfo.InvariantCulture, out int number)) throw QueuesErrors.NoJob(job);
        byte[] bytes = Read(place);
        // A row of another wave, or in another order, would be worked on by the wrong job.
        if (ContentHash.Of(bytes).ToString() != Value(words, HashOption)) throw QueuesErrors.OtherWave(place);
        WaveFile wave = WaveFile.Parse(bytes);
        var folder = new WaveFolder(Path.GetDirectoryName(place)!);
        var executor = new LocalExecutor(wave.Host);
        foreach (int row in wave.RowsOf(number))
        {
            // The driver has given it up, or another job has done it.
            if (!Directory.Exists(wave.Rows[row].Folder) || folder.HasEnded(row)) continue;
            var watch = new RowWatch(_ => { }, new Progress<Progress>());
            RowEnd end;
            try { end = await executor.Run(wave.Rows[row].Thaw(), watch, cancellation); }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested) { return Interrupted; }
            folder.End(row, new RowEndFile(end.How, end.Tail, end.WasKilled, end.PeakMemory, Environment.MachineName));
        }
        return 0;
    }

    private static byte[] Read(string place)
    {
        try { return File.ReadAllBytes(place); }
        catch (IOException problem) { throw QueuesErrors.WaveNotSeen(place, problem); }
    }

    private static string Value(IReadOnlyList<string> words, string option) =>
        words.FirstOrDefault(word => word.StartsWith(option, StringComparison.Ordinal))?[option.Length..]
        ?? throw new Misuse($"{Verb} needs {option}…");
}
