using System.Runtime.InteropServices;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>Runs the benchmarks beside their peers; results go to <c>tests/Benchmarks/results/</c> with machine and versions.</summary>
internal sealed class BenchTool : ITool
{
    public string Name => "Bench";

    public string Summary => "run the benchmarks beside their peers: [--filter=NAME]";

    public int Run(Invocation call)
    {
        string program = Repository.At(".artifacts", "bench");
        // A peer that is missing and may not be installed is left out, and the table says so.
        new MachineSetup(call.Terminal, call.Cancellation).EnsureIfAllowed([new HashSet<Need> { Need.Peers }, new HashSet<Need> { Need.JsRoot }]);
        // Compiled ahead of time, as the host is.
        Dotnet(call, ["publish", Repository.At("tests", "Benchmarks"), "-o", program, "-r", $"linux-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}",
            "--self-contained", "false", "-p:PublishReadyToRun=true", "-p:RunAnalyzers=false", "-v:q", "-tl:off", "-nologo"]);
        Dotnet(call, ["exec", Path.Combine(program, "TauPipeline.Tests.Benchmarks.dll"), $"--filter={call.Line.Value(Options.Filter) ?? ""}"]);
        return ExitCode.Done;
    }

    private static void Dotnet(Invocation call, IReadOnlyList<string> arguments)
    {
        ProcessOutcome end = ProcessRunner.Run(new ProcessRequest(Environment.ProcessPath ?? "dotnet", arguments) { Folder = Repository.Root, Line = call.Terminal.Output.WriteLine }, call.Cancellation);
        if (end.ExitCode != 0) throw new StepFailed(new ErrorText($"dotnet {arguments[0]} failed", [("command", "dotnet " + string.Join(' ', arguments))]));
    }
}
