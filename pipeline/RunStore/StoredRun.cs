namespace TauPipeline.RunStore;

/// <summary>A value of a metric.</summary>
/// <param name="Time">When it was noted, in milliseconds since 1970 (UTC).</param>
/// <param name="Value">The value.</param>
/// <param name="Step">The step it belongs to: an epoch, a batch.</param>
public readonly record struct MetricPoint(long Time, double Value, long Step);

/// <summary>A file that goes with a run.</summary>
/// <param name="Path">Its place below <c>artifacts/</c>, with <c>/</c> between parts.</param>
/// <param name="Write">Writes it to the path that it is given.</param>
public sealed record RunArtifact(string Path, Action<string> Write);

/// <summary>A training as a run store holds it: settings, numbers by step, words, files.</summary>
public sealed record StoredRun
{
    /// <summary>The experiment it belongs to.</summary>
    public required Experiment Experiment { get; init; }

    /// <summary>What tells it from all others, of this store or another: 32 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    public string Name { get; init; } = "";

    /// <summary>Who made it.</summary>
    public string User { get; init; } = "";

    /// <summary>When it began, in milliseconds since 1970 (UTC).</summary>
    public long Began { get; init; }

    /// <summary>When it ended, likewise; <see langword="null"/> if it has not.</summary>
    public long? Ended { get; init; }

    /// <summary>How it went.</summary>
    public RunStatus Status { get; init; } = RunStatus.Finished;

    /// <summary>Settings by name.</summary>
    public IReadOnlyDictionary<string, string> Params { get; init; } = Empty<string>();

    /// <summary>Numbers by name; parts of a name with <c>/</c> between them.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<MetricPoint>> Metrics { get; init; } = Empty<IReadOnlyList<MetricPoint>>();

    /// <summary>Words by name.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = Empty<string>();

    /// <summary>Files that go with it; not those of a run that was read.</summary>
    public IReadOnlyList<RunArtifact> Artifacts { get; init; } = [];

    /// <summary>The last value of a metric, as MLflow takes it: of the greatest step, then time, then value.</summary>
    public double? Last(string metric) =>
        Metrics.TryGetValue(metric, out IReadOnlyList<MetricPoint>? points) && points.Count > 0
            ? points.MaxBy(point => (point.Step, point.Time, point.Value)).Value
            : null;

    private static Dictionary<string, T> Empty<T>() => [];
}

/// <summary>How a run went, by MLflow's numbers.</summary>
public enum RunStatus
{
    /// <summary>It is not known.</summary>
    None = 0,
    /// <summary>It is at work.</summary>
    Running = 1,
    /// <summary>It will be.</summary>
    Scheduled = 2,
    /// <summary>It came to its end.</summary>
    Finished = 3,
    /// <summary>It failed.</summary>
    Failed = 4,
    /// <summary>It was killed.</summary>
    Killed = 5,
}
