using System.Diagnostics;
using TauPipeline.Plotting;

namespace TauPipeline.Tests.Unit.Plotting;

/// <summary>A folder of its own for specifications and pictures, and a plain runner of programs.</summary>
internal sealed class DrawingFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("plotting-").FullName;

    public void Add(string name, string specification) => File.WriteAllText(System.IO.Path.Combine(Path, name + NodeRenderer.Ending), specification);

    public byte[] Bytes(string name) => File.ReadAllBytes(System.IO.Path.Combine(Path, name));

    public static (int ExitCode, string Error) Run(string program, IReadOnlyList<string> arguments, string folder)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardError = true })!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error);
    }

    public static NodeRenderer Renderer() => new(NodeProgram.Find(), NodeModules.Find(), Run);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
