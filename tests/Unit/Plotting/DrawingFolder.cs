using CliWrap.Buffered;
using TauPipeline.Plotting;
using TauPipeline.Tests.Support;

namespace TauPipeline.Tests.Unit.Plotting;

/// <summary>A folder of its own for specifications and pictures, and a plain runner of programs.</summary>
internal sealed class DrawingFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("plotting-").FullName;

    public void Add(string name, string specification) =>
        File.WriteAllText(System.IO.Path.Combine(Path, name + NodeRenderer.Ending), specification);

    public byte[] Bytes(string name) => File.ReadAllBytes(System.IO.Path.Combine(Path, name));

    public static (int ExitCode, string Error) Run(string program, IReadOnlyList<string> arguments, string folder)
    {
        BufferedCommandResult result = Command.RunIn(folder, program, arguments);
        return (result.ExitCode, result.StandardError);
    }

    public static NodeRenderer Renderer() => new(NodeProgram.Find(), NodeModules.Find(), Run);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
