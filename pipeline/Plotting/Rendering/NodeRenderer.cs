using TauPipeline.Foundation;

namespace TauPipeline.Plotting;

/// <summary>Runs a program to its end in a folder, and hands back its exit code and what it wrote to standard error.</summary>
public delegate (int ExitCode, string Error) RunProgram(string program, IReadOnlyList<string> arguments, string folder);

/// <summary>Draws specifications as SVG and PDF, many in one node process; the same specification gives the same bytes.</summary>
/// <param name="node">The program, see <see cref="NodeProgram.Find"/>.</param>
/// <param name="modules">Its packages, see <see cref="NodeModules.Find"/>.</param>
/// <param name="run">Starts a program: the stage's process runner.</param>
public sealed class NodeRenderer(string node, NodeModules modules, RunProgram run)
{
    /// <summary>What the name of a specification ends with.</summary>
    public const string Ending = ".vl.json";

    /// <summary>Draws every <c>NAME.vl.json</c> of a folder as <c>NAME.svg</c> and, if wanted, <c>NAME.pdf</c> beside it.</summary>
    /// <exception cref="StepFailed">Node says no, with its words; or a picture is missing afterwards.</exception>
    public void Draw(string folder, bool pdf = true)
    {
        (int exitCode, string error) = run(node, Arguments(folder, pdf), folder);
        if (exitCode != 0) throw PlottingErrors.NotDrawn(folder, exitCode, error);
        foreach (string specification in Directory.EnumerateFiles(folder, $"*{Ending}").Order(StringComparer.Ordinal))
        {
            string picture = specification[..^Ending.Length];
            if (!File.Exists(picture + ".svg") || (pdf && !File.Exists(picture + ".pdf")))
                throw PlottingErrors.NotDrawn(folder, exitCode, $"nothing about {Path.GetFileName(specification)}\n{error}");
        }
    }

    /// <summary>The arguments of the node process.</summary>
    public IReadOnlyList<string> Arguments(string folder, bool pdf) =>
        [ShippedFiles.At("render.mjs"), $"--modules={modules.Folder}", $"--specs={folder}", $"--formats={(pdf ? "svg,pdf" : "svg")}"];
}
