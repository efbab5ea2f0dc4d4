using System.Diagnostics;
using System.Text;
using CliWrap;
using TauPipeline.Tests.Support;
using Command = TauPipeline.Tests.Support.Command;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>A program that was started as a user would, and what came of it.</summary>
internal sealed class ProgramRun : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly CommandTask<CommandResult> _run;
    private readonly CancellationTokenSource _kill = new();
    private readonly StringBuilder _output = new(), _error = new();

    // The one that runs the tests, if it says so: it is compiled ahead of time, and a sixth faster.
    private static readonly string HostProgram = Environment.GetEnvironmentVariable("TAU_TEST_HOST") is { Length: > 0 } published
        ? published
        : Checkout.At(".artifacts", "bin", "Host", "release", "TauPipeline.Host.dll");

    // The toy stages bear the names of real ones but need nothing of what those need.
    private static readonly string[] NotNeeded = ["TAU_NODE=/not/needed", "TAU_NODE_MODULES=/not/needed"];

    private ProgramRun(IEnumerable<string> arguments, params IEnumerable<string> environment)
        : this(Checkout.Root, arguments, environment) { }

    private ProgramRun(string folder, IEnumerable<string> arguments, IEnumerable<string> environment)
    {
        _run = Cli.Wrap("dotnet")
            .WithArguments(arguments)
            .WithWorkingDirectory(folder)
            .WithEnvironmentVariables(variables =>
            {
                variables.Set("TAU_CACHE", ""); // what a cache gives back was not tested
                foreach (string[] variable in environment.Select(text => text.Split('=', 2)))
                    variables.Set(variable[0], variable.Length == 1 ? null : variable[1]);
            })
            .WithStandardOutputPipe(Into(_output))
            .WithStandardErrorPipe(Into(_error))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(_kill.Token);
    }

    public int Pid => _run.ProcessId;

    public int ExitCode => _run.Task.Wait(Patience)
        ? _run.Task.Result.ExitCode
        : throw new TimeoutException($"no end after {Patience}: {Output}");

    /// <summary>All of standard output once it has ended, or what there is so far.</summary>
    public string Output => SoFar(_output);

    /// <summary>All of standard error, once it has ended.</summary>
    public string Error
    {
        get
        {
            _run.Task.Wait();
            return SoFar(_error);
        }
    }

    /// <summary><c>dotnet cake</c> itself, run to its end.</summary>
    public static ProgramRun Cake(params string[] arguments) => new ProgramRun(["cake", .. arguments]).Ended();

    /// <summary><c>dotnet cake</c> in another checkout, run to its end.</summary>
    public static ProgramRun CakeIn(string checkout, params string[] arguments) =>
        new ProgramRun(checkout, ["cake", .. arguments], []).Ended();

    /// <summary><c>build/Pipeline.proj</c>, run to its end.</summary>
    public static ProgramRun MsBuild(params string[] arguments) =>
        new ProgramRun(["msbuild", "build/Pipeline.proj", "-nologo", "-tl:off", "-nodeReuse:false", .. arguments]).Ended();

    /// <summary>The host over the real catalogue, run to its end.</summary>
    public static ProgramRun Host(params string[] arguments) => new ProgramRun(["exec", HostProgram, .. arguments]).Ended();

    /// <summary>The host over the toy catalogue, run to its end.</summary>
    public static ProgramRun Toy(TempFolder folder, params string[] arguments) => StartToy(folder, arguments).Ended();

    /// <summary>The host over the toy catalogue on a campaign of one's own, run to its end.</summary>
    public static ProgramRun ToyOn(string campaign, string output, params string[] arguments) =>
        new ProgramRun(
            [
                "exec",
                Checkout.At(".artifacts", "bin", "ToyHost", "release", "TauPipeline.Tests.ToyHost.dll"),
                $"--config={campaign}",
                $"--out={output}",
                .. arguments,
            ],
            NotNeeded[1..]).Ended();

    /// <summary>The host over the toy catalogue in another output folder and with further variables, run to its end.</summary>
    public static ProgramRun ToyInto(string output, IEnumerable<string> environment, params string[] arguments) =>
        StartToy(output, [.. NotNeeded, .. environment], arguments).Ended();

    /// <summary>The host over the toy catalogue, still running.</summary>
    public static ProgramRun StartToy(TempFolder folder, params string[] arguments) => StartToy(folder.At("out"), NotNeeded, arguments);

    private static ProgramRun StartToy(string output, IEnumerable<string> environment, string[] arguments)
    {
        string bin = Checkout.At(".artifacts", "bin", "ToyHost", "release");
        return new ProgramRun(
            [
                "exec",
                Path.Combine(bin, "TauPipeline.Tests.ToyHost.dll"),
                $"--config={Path.Combine(bin, "toy.yaml")}",
                $"--out={output}",
                .. arguments,
            ],
            environment);
    }

    /// <summary>The host over the real catalogue, still running.</summary>
    public static ProgramRun StartHost(IEnumerable<string> arguments, params IEnumerable<string> environment) =>
        new(["exec", HostProgram, .. arguments], environment);

    /// <summary>The host over the real catalogue, run to its end.</summary>
    public static ProgramRun Host(IEnumerable<string> arguments, params IEnumerable<string> environment) =>
        StartHost(arguments, environment).Ended();

    /// <summary>Waits until standard output contains a text.</summary>
    public void WaitFor(string text)
    {
        var wall = Stopwatch.StartNew();
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            if (_run.Task.IsCompleted && !Output.Contains(text, StringComparison.Ordinal))
                throw new InvalidOperationException($"ended without '{text}': {Output}{Error}");
            if (wall.Elapsed > Patience) throw new TimeoutException($"'{text}' did not come: {Output}");
            Thread.Sleep(20);
        }
    }

    /// <summary>Sends a signal to the program alone.</summary>
    public void Signal(string name) => Command.Run("kill", "-s", name, $"{Pid}");

    /// <summary>The pids of all that it has started, directly or not, as long as they live.</summary>
    public IReadOnlyList<int> Descendants()
    {
        List<(int Pid, int Parent)> all =
        [
            .. Directory.EnumerateDirectories("/proc")
                .Select(Path.GetFileName)
                .Where(name => int.TryParse(name, out _))
                .Select(name => int.Parse(name!))
                .Select(pid => (pid, Support.Pid.ParentOf(pid))),
        ];
        List<int> found = [Pid];
        for (int at = 0; at < found.Count; at++) found.AddRange(all.Where(one => one.Parent == found[at]).Select(one => one.Pid));
        return found[1..];
    }

    /// <summary>Kills it, with all that it started, if it still runs.</summary>
    public void Dispose()
    {
        _kill.Cancel();
        _run.Task.ContinueWith(_ => { }, TaskScheduler.Default).Wait();
        _run.Dispose();
        _kill.Dispose();
    }

    private ProgramRun Ended()
    {
        _ = ExitCode;
        return this;
    }

    private static PipeTarget Into(StringBuilder text) => PipeTarget.ToDelegate(line =>
    {
        lock (text) text.Append(line).Append('\n');
    });

    private static string SoFar(StringBuilder text)
    {
        lock (text) return text.ToString();
    }
}
