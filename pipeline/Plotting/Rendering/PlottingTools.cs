using System.Text.Json;
using TauPipeline.Foundation;

namespace TauPipeline.Plotting;

/// <summary>Runs a program to its end and hands back what it wrote to standard output.</summary>
public delegate string AskProgram(string program, IReadOnlyList<string> arguments);

/// <summary>What draws, by name and version: for the fingerprints of steps.</summary>
public static class PlottingTools
{
    /// <summary>Stands for node's version where there is none.</summary>
    public const string NoNode = "node missing";

    private static readonly string[] Named = ["dejavu-fonts-ttf", "pdfkit", "svg-to-pdfkit", "vega", "vega-lite"];

    /// <summary>
    /// The locked versions, and the hash of the lock file for all packages below them: for a step that hands on their scripts.
    /// </summary>
    public static IReadOnlyList<string> Packages()
    {
        using JsonDocument file = JsonDocument.Parse(ShippedFiles.LockBytes());
        JsonElement packages = file.RootElement.GetProperty("packages");
        return
        [
            .. Named.Select(name => $"{name} {packages.GetProperty($"node_modules/{name}").GetProperty("version").GetString()}"),
            $"node packages {ShippedFiles.LockHash}",
        ];
    }

    /// <summary>Node's version before them, since its mathematics and its zlib are its own: for a step that draws. Never throws.</summary>
    /// <param name="ask">Starts a program: the stage's process runner.</param>
    public static IReadOnlyList<string> Versions(AskProgram ask) => [Node(ask), .. Packages()];

    private static string Node(AskProgram ask)
    {
        try { return $"node {ask(NodeProgram.Find(), ["--version"]).Trim()}"; }
        catch (StepFailed) { return NoNode; }
    }
}
