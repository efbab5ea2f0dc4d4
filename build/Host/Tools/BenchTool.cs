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
        new MachineSetup(call.Terminal, call.Cancellation).EnsureIfAllowed([
            new HashSet<Need> { Need.Peers },
            new HashSet<Need> { Need.JsRoot },
        ]);
        string filter = call.Line.Value(Options.Filter) ?? "";
        // Compiled ahead of time, as the host is.
        Publish(call, program, "--self-contained", "false", "-p:PublishReadyToRun=true");
        Dotnet(call, ["exec", Path.Combine(program, "TauPipeline.Tests.Benchmarks.dll"), $"--filter={filter}"]);
        return ExitCode.Done;
    }

    private static void Publish(Invocation call, string folder, params IReadOnlyList<string> how) =>
        Dotnet(
            call,
            [
                "publish",
                Repository.At("tests", "Benchmarks"),
                "-o",
                folder,
                "-r",
                $"linux-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}",
                .. how,
                "-p:RunAnalyzers=false",
                "-v:q",
                "-tl:off",
                "-nologo",
            ]);

    private static void Dotnet(Invocation call, IReadOnlyList<string> arguments)
    {
        ProcessOutcome end = ProcessRunner.Run(
            new ProcessRequest(Environment.ProcessPath ?? "dotnet", arguments)
            {
                Folder = Repository.Root,
                Line = call.Terminal.Output.WriteLine,
            },
            call.Cancellation);
        if (end.ExitCode != 0)
            throw new StepFailed(new ErrorText($"dotnet {arguments[0]} failed", [("command", "dotnet " + string.Join(' ', arguments))]));
    }
}
