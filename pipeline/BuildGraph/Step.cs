using System.Collections.ObjectModel;
using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>These inputs, settings and code give these outputs. Its identity is <c>Stage/Key</c>.</summary>
public sealed class Step
{
    /// <summary>Name of the stage.</summary>
    public required string Stage { get; init; }

    /// <summary>Manifest entry or shard name, never a position; empty for a stage of one step.</summary>
    public string Key { get; init; } = "";

    /// <summary>What is read.</summary>
    public required IReadOnlyList<StepInput> Reads { get; init; }

    /// <summary>What is written, all or nothing.</summary>
    public required IReadOnlyList<Artifact> Writes { get; init; }

    /// <summary>The settings consumed.</summary>
    public required SettingsUsed Settings { get; init; }

    /// <summary>Does the work.</summary>
    public required Action<StepRun> Work { get; init; }

    /// <summary>Raised by hand only to force a rerun.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>What it needs to run; never part of a fingerprint.</summary>
    public Resources Needs { get; init; } = Resources.OneCpu;

    /// <summary>Versions of what is not ours and can change the result: <c>PureHDF 2.2.0</c>.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    /// <summary>Whether it runs in a child of the same binary: all tensor, node and external work does.</summary>
    public bool Isolated { get; init; }

    /// <summary>Environment of the child, fingerprinted; tensor steps state their numeric environment here.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Whether the step counts rows; then its ledger is one more product, at <see cref="Ledger"/>.</summary>
    public bool CountsRows { get; init; }

    /// <summary><c>Stage</c> or <c>Stage/Key</c>.</summary>
    public string Id => field ??= Key.Length == 0 ? Stage : $"{Stage}/{Key}";

    /// <summary>The row ledger that the engine writes when the step has ended.</summary>
    public Artifact Ledger => Artifact.Product($"ledger/{Id}.json");

    /// <summary>The same step, but worked on in a child: nothing that its products depend on changes.</summary>
    /// <param name="retries">How often it is tried again.</param>
    public Step InAChild(int retries) => Copy(Needs with { Retries = retries }, isolated: true);

    /// <summary>The same step with other needs.</summary>
    public Step Needing(Resources needs) => Copy(needs, Isolated);

    /// <summary>All that the engine commits for this step: what it writes, and its ledger.</summary>
    internal IReadOnlyList<Artifact> Outputs() => _outputs ??= CountsRows ? [.. Writes, Ledger] : Writes;

    private IReadOnlyList<Artifact>? _outputs;

    private Step Copy(Resources needs, bool isolated) => new()
    {
        Stage = Stage,
        Key = Key,
        Reads = Reads,
        Writes = Writes,
        Settings = Settings,
        Work = Work,
        Revision = Revision,
        Needs = needs,
        Tools = Tools,
        Isolated = isolated,
        Environment = Environment,
        CountsRows = CountsRows,
    };
}

/// <summary>An input of a step.</summary>
/// <param name="Role">What it is to the step: <c>tuple</c>, <c>model</c>.</param>
/// <param name="Artifact">What is read.</param>
/// <param name="Columns">The columns read; none named means the whole file.</param>
public sealed record StepInput(string Role, Artifact Artifact, params IReadOnlyList<string> Columns);

/// <summary>What a step needs to run. Never fingerprinted.</summary>
public sealed record Resources
{
    /// <summary>One processor and the default memory.</summary>
    public static Resources OneCpu { get; } = new();

    /// <summary>Processors.</summary>
    public int Cpu { get; init; } = 1;

    /// <summary>Memory in bytes, also the step's <see cref="StepRun.Memory"/>.</summary>
    public long Memory { get; init; } = 512L << 20;

    /// <summary>Named tokens, say <c>gpu</c>.</summary>
    public IReadOnlyDictionary<string, int> Tokens { get; init; } = new Dictionary<string, int>();

    /// <summary>After this the step is ended; <see langword="null"/> is for ever.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How often a failed step is tried again.</summary>
    public int Retries { get; init; }
}
