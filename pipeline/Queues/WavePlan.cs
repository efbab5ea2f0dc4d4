using System.Globalization;
using TauPipeline.BuildGraph;

namespace TauPipeline.Queues;

/// <summary>Puts rows that are ready at one time into waves: each wave's jobs ask for the same.</summary>
/// <param name="settings">What jobs ask for.</param>
/// <param name="queue">The folder of all waves.</param>
/// <param name="host">Program and first arguments of the host.</param>
internal sealed class WavePlan(QueueSettings settings, string queue, IReadOnlyList<string> host)
{
    private const double Longer = 1.5;
    // A wave is found again by its name: no other run, of whatever machine or user, may have the same.
    private readonly string _run = $"tau-{Guid.NewGuid().ToString("N")[..12]}";
    private readonly Dictionary<string, int> _timedOut = new(StringComparer.Ordinal);
    private int _waves;

    /// <summary>A row took longer than it had asked for: it asks for half as much again.</summary>
    public void AskForMoreTime(string step) => _timedOut[step] = _timedOut.GetValueOrDefault(step) + 1;

    /// <summary>The waves of these rows, frozen on disk and not submitted.</summary>
    public IReadOnlyList<Wave> Of(IReadOnlyList<Waiter> rows) =>
    [
        .. rows.GroupBy(waiter => Asked(waiter.Row))
            .SelectMany(same => same.Chunk(settings.ArraySize * same.Key.RowsPerJob).Select(chunk => Freeze(same.Key, chunk))),
    ];

    private Asks Asked(FrozenRow row)
    {
        string stage = row.Step.Split('/')[0];
        JobSettings job = settings.Of(stage);
        TimeSpan time = (row.Needs.Timeout ?? job.Time) * Math.Pow(Longer, _timedOut.GetValueOrDefault(row.Step)) * job.RowsPerJob;
        return new Asks(stage, row.Needs.Cpu, row.Needs.Memory + job.ProgramMemory, time.TotalSeconds, job.RowsPerJob);
    }

    private Wave Freeze(Asks asks, Waiter[] rows)
    {
        var folder = new WaveFolder(Path.Combine(queue, string.Create(CultureInfo.InvariantCulture, $"{_run}-{++_waves}")));
        var file = new WaveFile(
            host,
            asks.Stage,
            asks.Cpu,
            asks.Memory,
            asks.Seconds,
            asks.RowsPerJob,
            [.. rows.Select(waiter => WaveRow.Of(waiter.Row))]);
        folder.Freeze(file);
        return new Wave(folder, file, rows.Select((waiter, i) => new OpenRow(i, file.Rows[i]) { Waiter = waiter }));
    }

    private sealed record Asks(string Stage, int Cpu, long Memory, double Seconds, int RowsPerJob);
}
