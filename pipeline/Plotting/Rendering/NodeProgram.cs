using TauPipeline.Foundation;

namespace TauPipeline.Plotting;

/// <summary>Finds node.</summary>
public static class NodeProgram
{
    private const string Variable = "TAU_NODE";

    /// <summary>The program named by the argument or by <c>TAU_NODE</c> (a file or a prefix), or the first on the path.</summary>
    /// <exception cref="StepFailed">There is none; says the line that installs it.</exception>
    public static string Find(string? named = null)
    {
        string[] places = [.. Candidates(named)];
        return places.FirstOrDefault(File.Exists) ?? throw PlottingErrors.NoNode(places);
    }

    private static IEnumerable<string> Candidates(string? named)
    {
        named ??= Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(named)) return [named, Path.Combine(named, "bin", "node"), Path.Combine(named, "node")];
        string path = Environment.GetEnvironmentVariable("PATH") ?? "";
        return path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, "node"));
    }
}
