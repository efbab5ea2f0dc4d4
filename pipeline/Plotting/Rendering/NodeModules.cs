using TauPipeline.Foundation;

namespace TauPipeline.Plotting;

/// <summary>The folder <c>node_modules</c> with Vega, pdfkit and the font.</summary>
public sealed record NodeModules(string Folder)
{
    private const string Variable = "TAU_NODE_MODULES";

    /// <summary>
    /// The packages named by the argument, by <c>TAU_NODE_MODULES</c>, or installed below the nearest <c>.artifacts</c> above the
    /// program.
    /// </summary>
    /// <exception cref="StepFailed">There are none, or an installation broke off; says the line that installs them.</exception>
    public static NodeModules Find(string? named = null)
    {
        string[] places = [.. Candidates(named)];
        string? complete = places.FirstOrDefault(IsComplete);
        return complete is null ? throw PlottingErrors.NoModules(places) : new NodeModules(complete);
    }

    internal string Text(string file)
    {
        string path = Path.Combine(Folder, file);
        return File.Exists(path) ? File.ReadAllText(path) : throw PlottingErrors.NoModules([path]);
    }

    // npm writes this file last.
    private static bool IsComplete(string nodeModules) => File.Exists(Path.Combine(nodeModules, ".package-lock.json"));

    private static IEnumerable<string> Candidates(string? named)
    {
        named ??= Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(named))
        {
            yield return named;
            yield break;
        }
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (folder.Name == ".artifacts") yield return Path.Combine(folder.FullName, "node", ShippedFiles.LockHash, "node_modules");
    }
}
