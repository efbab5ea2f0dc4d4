using TauPipeline.BuildGraph;

namespace TauPipeline.Host;

/// <summary>Everything a change must pass: restore, format, build with analysers, tests.</summary>
internal sealed class CheckTool : ITool
{
    private static readonly string[][] Steps =
    [
        ["restore", "TauPipeline.sln"],
        ["format", "TauPipeline.sln", "--verify-no-changes", "--no-restore"],
        ["build", "TauPipeline.sln", "--no-restore", "-v:q", "-tl:off", "-nologo"],
    ];

    public string Name => "Check";

    public string Summary => "restore, check the format, build with analysers, run every test";

    public int Run(Invocation call)
    {
        foreach (string[] step in Steps)
        {
            call.Terminal.Output.WriteLine($"dotnet {step[0]}");
            var request = new ProcessRequest(Environment.ProcessPath ?? "dotnet", step)
            {
                Folder = Repository.Root,
                Line = call.Terminal.Output.WriteLine,
            };
            if (ProcessRunner.Run(request, call.Cancellation).ExitCode != 0) return ExitCode.StepFailed;
        }
        return new TestTool().Run(call);
    }
}
