using System.Globalization;
using System.Text.Json;
using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>Runs isolated steps in children on this machine.</summary>
/// <param name="command">Program and first arguments of a child of the same binary.</param>
public sealed class LocalExecutor(IReadOnlyList<string> command) : IStepExecutor
{
    private const string ProgressMark = "{\"progress\":";

    /// <inheritdoc/>
    public int? Slots => null;

    /// <inheritdoc/>
    public bool Takes(Step step) => step.Isolated;

    /// <inheritdoc/>
    public bool Keeps(string attempt) => false;

    /// <inheritdoc/>
    public string? Adopt(string step, ContentHash fingerprint) => null;

    /// <inheritdoc/>
    public Task<RowEnd> Run(FrozenRow row, RowWatch watch, CancellationToken cancellation)
    {
        using var log = new StepLog(row.Log, row.Attempt);
        var memory = new MemoryWatch();
        ProcessOutcome end = Execute(row, log, watch, memory, cancellation);
        return Task.FromResult(new RowEnd(end.How, log.Tail) { WasKilled = end.WasKilled, PeakMemory = memory.Peak });
    }

    private ProcessOutcome Execute(FrozenRow row, StepLog log, RowWatch watch, MemoryWatch memory, CancellationToken cancellation)
    {
        string number = row.Row.ToString(CultureInfo.InvariantCulture);
        return ProcessRunner.Run(new ProcessRequest(command[0], [.. command.Skip(1), "exec-step", $"--plan={row.Plan}", $"--row={number}"])
        {
            Environment = row.Environment.ToDictionary(variable => variable.Key, string? (variable) => variable.Value),
            Line = line => Take(line, log, watch.Progress),
            Started = watch.Started,
            Look = memory.Look,
        }, cancellation);
    }

    /// <summary>Tells progress from all else that a child prints.</summary>
    private static void Take(string line, StepLog log, IProgress<Progress> progress)
    {
        if (!line.StartsWith(ProgressMark, StringComparison.Ordinal)) { log.Add(line); return; }
        try { progress.Report(JsonSerializer.Deserialize(line, EngineJson.Default.ProgressLine)!.Progress); }
        catch (JsonException) { log.Add(line); }
    }
}
