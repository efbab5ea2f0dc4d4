using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>The plotting packages, installed where the Plotting room looks for them: nothing is written into the tree.</summary>
internal static class NodePackages
{
    private static string Source => Repository.At("pipeline", "Plotting", "node");

    private static string Lock => Path.Combine(Source, "package-lock.json");

    private static string Folder => Repository.At(".artifacts", "node", ContentHash.OfFile(Lock).Short);

    /// <summary>Whether they are installed, or the user names his own.</summary>
    public static bool AreThere => Environment.GetEnvironmentVariable("TAU_NODE_MODULES") is { Length: > 0 } || IsComplete(Folder);

    /// <param name="run">Runs a program and throws unless it succeeds.</param>
    public static void Ensure(Action<ProcessRequest> run)
    {
        if (AreThere) return;
        string attempt = $"{Folder}.{Environment.ProcessId}";
        Directory.CreateDirectory(attempt);
        foreach (string name in new[] { "package.json", "package-lock.json" }) File.Copy(Path.Combine(Source, name), Path.Combine(attempt, name), overwrite: true);
        // Scripts of packages are not run: an install must not execute what we have not read.
        run(new ProcessRequest(Program("npm"), ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]) { Folder = attempt });
        if (Directory.Exists(Folder) && !IsComplete(Folder)) Directory.Delete(Folder, recursive: true);
        if (!Directory.Exists(Folder)) Directory.Move(attempt, Folder);
    }

    // npm writes this file last.
    private static bool IsComplete(string folder) => File.Exists(Path.Combine(folder, "node_modules", ".package-lock.json"));

    private static string Program(string name) =>
        Environment.GetEnvironmentVariable("TAU_NODE") is { Length: > 0 } prefix && File.Exists(Path.Combine(prefix, "bin", name)) ? Path.Combine(prefix, "bin", name) : name;
}
