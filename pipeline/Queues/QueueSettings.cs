namespace TauPipeline.Queues;

/// <summary>How steps go to a batch system: of the machine and its people, never part of a fingerprint (<c>queue:</c>).</summary>
public sealed record QueueSettings
{
    /// <summary>Processors that all our jobs may have or wait for at once.</summary>
    public int Slots { get; init; } = 500;

    /// <summary>Rows of one array at most; sites allow 1,000 or more.</summary>
    public int ArraySize { get; init; } = 1000;

    /// <summary>Jobs of one array that may run at once; 0 is as many as the site lets.</summary>
    public int AtOnce { get; init; }

    /// <summary>How often the batch system is asked what became of our jobs.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a file written on another machine may take to be seen here.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a batch system that does not answer is waited for.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Whether jobs stay when the run is interrupted: the next one takes them over.</summary>
    public bool StaysAfterInterrupt { get; init; }

    /// <summary>The folder of the site's commands; <see langword="null"/> if they are on <c>PATH</c>.</summary>
    public string? Commands { get; init; }

    /// <summary>The attribute by which a pool of HTCondor is told how long a job may run: its name is the site's.</summary>
    public string TimeAttribute { get; init; } = "MaxRuntime";

    /// <summary>Names of variables that jobs get from here, beside <c>PATH</c>, <c>HOME</c> and the like. Values go nowhere else.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>What a job of any stage asks for.</summary>
    public required JobSettings Job { get; init; }

    /// <summary>What a job of that stage asks for, where it is not what all do.</summary>
    public IReadOnlyDictionary<string, JobSettings> Stages { get; init; } = new Dictionary<string, JobSettings>();

    /// <summary>What a job of that stage asks for.</summary>
    public JobSettings Of(string stage) => Stages.GetValueOrDefault(stage, Job);
}

/// <summary>What a job asks for beside processors and memory, which its step states.</summary>
public sealed record JobSettings
{
    /// <summary>Whether the step stays on this machine.</summary>
    public bool IsHere { get; init; }

    /// <summary>The partition (Slurm); the site's default if <see langword="null"/>.</summary>
    public string? Partition { get; init; }

    /// <summary>Whom it is accounted to.</summary>
    public string? Account { get; init; }

    /// <summary>How long a row may take; a step's own limit goes before it.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Memory of the program itself, beside what the step may hold, in bytes.</summary>
    public long ProgramMemory { get; init; } = 512L << 20;

    /// <summary>Rows that one job works on, one after another: for steps of seconds.</summary>
    public int RowsPerJob { get; init; } = 1;

    /// <summary>
    /// Further options of <c>sbatch</c>, as they are (<c>--constraint=avx2</c>), or lines of HTCondor's submit description.
    /// </summary>
    public IReadOnlyList<string> Options { get; init; } = [];
}
