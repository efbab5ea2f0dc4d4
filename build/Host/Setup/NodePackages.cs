using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>The plotting packages, installed into <c>.artifacts/node/&lt;hash of the lock file&gt;/</c>: nothing is written into the tree.</summary>
internal static class NodePackages
{
    private static string Source => Repository.At("pipeline", "Plotting", "node");

    private static string Lock => Path.Combine(Source, "package-lock.json");

    private static string Folder => Repository.At(".artifacts", "node", ContentHash.OfFile(Lock).ToString()[..16]);

    /// <summary>Whether they are installed (or there is no plotting room to need them).</summary>
    public static bool AreThere => !File.Exists(Lock) || Directory.Exists(Folder);

    /// <param name="run">Runs a program and throws unless it succeeds.</param>
    public static void Ensure(Action<ProcessRequest> run)
    {
        if (AreThere) return;
        string attempt = $"{Folder}.{Environment.ProcessId}";
        Directory.CreateDirectory(attempt);
        foreach (string name in new[] { "package.json", "package-lock.json" }) File.Copy(Path.Combine(Source, name), Path.Combine(attempt, name), overwrite: true);
        // Scripts of packages are not run: an install must not execute what we have not read.
        run(new ProcessRequest(Program("npm"), ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]) { Folder = attempt });
        if (!Directory.Exists(Folder)) Directory.Move(attempt, Folder);
    }

    private static string Program(string name) =>
        Environment.GetEnvironmentVariable("TAU_NODE") is { Length: > 0 } prefix && File.Exists(Path.Combine(prefix, "bin", name)) ? Path.Combine(prefix, "bin", name) : name;
}
