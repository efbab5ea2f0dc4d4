using System.Text.Json;
using TauPipeline.RunStore;

namespace TauPipeline.Stages;

/// <summary>What a training's journal tells: when each epoch ended, and loss and rate of every batch.</summary>
public sealed class NotedBatches
{
    private readonly Dictionary<long, long> _epochs = [];
    private readonly SortedDictionary<(long Epoch, long Batch), (long At, double Loss, double Rate)> _batches = [];

    private NotedBatches() { }

    /// <summary>When it was first written to, in milliseconds since 1970; <see langword="null"/> for none.</summary>
    public long? First { get; private set; }

    /// <summary>And last.</summary>
    public long? Last { get; private set; }

    /// <summary>Mean loss of each batch; its step is its number from the first one of the training on.</summary>
    public IReadOnlyList<MetricPoint> Losses => [.. _batches.Values.Select((one, index) => new MetricPoint(one.At, one.Loss, index + 1))];

    /// <summary>Learning rate of each batch, likewise.</summary>
    public IReadOnlyList<MetricPoint> Rates => [.. _batches.Values.Select((one, index) => new MetricPoint(one.At, one.Rate, index + 1))];

    /// <summary>When that epoch ended, if it is known.</summary>
    public long? EndOf(long epoch) => _epochs.TryGetValue(epoch, out long at) ? at : null;

    /// <summary>Reads a journal; an attempt that went on from a checkpoint noted points again, and the last one counts.</summary>
    /// <param name="file">The file, which need not be there.</param>
    public static NotedBatches Read(string file)
    {
        var noted = new NotedBatches();
        if (!File.Exists(file)) return noted;
        foreach (string line in File.ReadLines(file)) noted.Take(line);
        return noted;
    }

    private void Take(string line)
    {
        try
        {
            if (line.Length == 0) return;
            using JsonDocument read = JsonDocument.Parse(line);
            JsonElement point = read.RootElement;
            long at = point.TryGetProperty("at", out JsonElement time) ? time.GetInt64() : 0, epoch = (long)Number(point, "epoch");
            First ??= at;
            Last = at;
            if (point.GetProperty("series").ValueEquals("epoch")) _epochs[epoch] = at;
            else _batches[(epoch, (long)Number(point, "batch"))] = (at, Number(point, "loss"), Number(point, "rate"));
        }
        catch (JsonException) { /* a killed attempt ended in the middle of this line */ }
    }

    private static double Number(JsonElement point, string name) =>
        point.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : double.NaN;
}
