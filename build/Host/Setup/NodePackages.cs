using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>
/// Packages of npm by their lock file, installed where those look for them who need them: nothing is written into the tree.
/// </summary>
/// <param name="source">The folder of <c>package.json</c> and <c>package-lock.json</c>.</param>
/// <param name="place">The folder below <c>.artifacts/</c>.</param>
/// <param name="digits">Digits of the lock's hash that name the installation.</param>
/// <param name="variable">A variable by which the user may name his own, if there is one.</param>
internal sealed class NodePackages(string source, string place, int digits, string? variable)
{
    /// <summary>What draws the figures; the Plotting room looks for it.</summary>
    public static NodePackages Plotting { get; } = new(Repository.At("pipeline", "Plotting", "node"), "node", 12, "TAU_NODE_MODULES");

    /// <summary>JSROOT, which reads in tests what we wrote.</summary>
    public static NodePackages JsRoot { get; } = new(Repository.At("tests", "Unit", "RootIO", "js"), "js", 16, null);

    private string Lock => Path.Combine(source, "package-lock.json");

    private string Folder => Repository.At(".artifacts", place, ContentHash.OfFile(Lock).ToString()[..digits]);

    /// <summary>Whether they are installed, or the user names his own.</summary>
    public bool AreThere => variable is not null && Environment.GetEnvironmentVariable(variable) is { Length: > 0 } || IsComplete(Folder);

    /// <param name="run">Runs a program and throws unless it succeeds.</param>
    public void Ensure(Action<ProcessRequest> run)
    {
        if (AreThere) return;
        string attempt = $"{Folder}.{Environment.ProcessId}";
        Directory.CreateDirectory(attempt);
        foreach (string name in new[] { "package.json", "package-lock.json" })
            File.Copy(Path.Combine(source, name), Path.Combine(attempt, name), overwrite: true);
        // Scripts of packages are not run: an install must not execute what we have not read.
        run(new ProcessRequest(Program("npm"), ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]) { Folder = attempt });
        if (Directory.Exists(Folder) && !IsComplete(Folder)) Directory.Delete(Folder, recursive: true);
        if (!Directory.Exists(Folder)) Directory.Move(attempt, Folder);
    }

    // npm writes this file last.
    private static bool IsComplete(string folder) => File.Exists(Path.Combine(folder, "node_modules", ".package-lock.json"));

    private static string Program(string name) =>
        Environment.GetEnvironmentVariable("TAU_NODE") is { Length: > 0 } prefix && File.Exists(Path.Combine(prefix, "bin", name))
            ? Path.Combine(prefix, "bin", name)
            : name;
}
