using System.Text;

namespace TauPipeline.BuildGraph;

/// <summary>
/// All processes of an attempt, also those that left its process group or lost their parents: each inherits one variable
/// that names the attempt. A stranger who got a dead child's number does not have it.
/// </summary>
internal static class AttemptProcesses
{
    /// <summary>The variable; its value is the attempt's folder.</summary>
    public const string Mark = "TAU_ATTEMPT";

    private const int MostSweeps = 20;

    /// <summary>Kills them.</summary>
    /// <param name="attempt">The attempt's folder.</param>
    /// <returns>How many there were.</returns>
    public static int End(string attempt)
    {
        var ended = new HashSet<int>();
        // One that is just being started while we look is seen at the next look.
        for (int sweep = 0; sweep < MostSweeps; sweep++)
        {
            List<int> found = [.. Of(attempt)];
            if (found.Count == 0) break;
            foreach (int process in found)
            {
                ended.Add(process);
                LibC.SignalProcess(process, LibC.Kill);
            }
            if (sweep > 0) Thread.Sleep(sweep);
        }
        return ended.Count;
    }

    // The environment of a dead process that nobody has reaped yet reads as empty.
    private static IEnumerable<int> Of(string attempt)
    {
        if (!OperatingSystem.IsLinux()) yield break;
        byte[] sought = Encoding.UTF8.GetBytes($"{Mark}={attempt}\0");
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
            if (
                int.TryParse(Path.GetFileName(folder), out int process)
                && process != Environment.ProcessId
                && Environ(folder).AsSpan().IndexOf(sought) >= 0)
                yield return process;
    }

    private static byte[] Environ(string folder)
    {
        try { return File.ReadAllBytes(Path.Combine(folder, "environ")); }
        catch (IOException) { return []; /* it has just ended */ }
        catch (UnauthorizedAccessException) { return []; /* not ours */ }
    }
}
