using System.Globalization;
using System.Text.Json;

namespace TauPipeline.BuildGraph;

/// <summary>Runs isolated steps in children on this machine.</summary>
internal sealed class LocalExecutor(IReadOnlyList<string> command) : IStepExecutor
{
    private const int SignalBase = 128;
    private const string ProgressMark = "{\"progress\":";

    public bool IsLocal => true;

    public Task<RowEnd> Run(FrozenRow row, RowWatch watch, CancellationToken cancellation)
    {
        using var log = new StepLog(row.Log);
        ProcessOutcome end = ProcessRunner.Run(new ProcessRequest(command[0],
            [.. command.Skip(1), "exec-step", $"--plan={row.Plan}", $"--row={row.Row.ToString(CultureInfo.InvariantCulture)}"])
        {
            Environment = row.Environment.ToDictionary(variable => variable.Key, string? (variable) => variable.Value),
            Line = line => Take(line, log, watch.Progress),
            Started = watch.Started,
        }, cancellation);
        return Task.FromResult(new RowEnd(How(end.ExitCode), log.Tail));
    }

    /// <summary>Tells progress from all else that a child prints.</summary>
    private static void Take(string line, StepLog log, IProgress<Progress> progress)
    {
        if (!line.StartsWith(ProgressMark, StringComparison.Ordinal)) { log.Add(line); return; }
        try { progress.Report(JsonSerializer.Deserialize(line, FrozenJson.Default.ProgressLine)!.Progress); }
        catch (JsonException) { log.Add(line); }
    }

    private static string How(int code) => code > SignalBase
        ? $"signal {code - SignalBase} ({(code - SignalBase) switch { LibC.Terminate => "TERM", LibC.Kill => "KILL", 6 => "ABRT", 11 => "SEGV", 7 => "BUS", 8 => "FPE", 4 => "ILL", 2 => "INT", _ => "?" }})"
        : $"exit code {code}";
}
