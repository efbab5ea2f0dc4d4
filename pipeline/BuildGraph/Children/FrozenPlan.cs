using System.Text.Json;
using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>All that another process needs to do a step: the campaign, and per row what was decided here.</summary>
internal sealed record FrozenPlan(
    string Campaign,
    ulong Seed,
    IReadOnlyDictionary<string, string> Code,
    int Parent,
    IReadOnlyList<FrozenStep> Rows)
{
    public static FrozenPlan Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        return JsonSerializer.Deserialize(file, EngineJson.Default.FrozenPlan) ?? throw new Defect($"{path} is no frozen plan");
    }

    public void Write(string path)
    {
        using FileStream file = File.Create(path);
        JsonSerializer.Serialize(file, this, EngineJson.Default.FrozenPlan);
    }
}

/// <summary>A row of a frozen plan.</summary>
/// <param name="Id">The step.</param>
/// <param name="Parts">Its fingerprint, part by part: the other process must come to the same.</param>
/// <param name="Inputs">Place and content of each input.</param>
/// <param name="Attempt">The attempt folder.</param>
/// <param name="Scratch">The folder for checkpoints.</param>
/// <param name="Memory">What the step may hold, in bytes: may be more than it declares.</param>
/// <param name="Journal">The file of its journal.</param>
internal sealed record FrozenStep(
    string Id,
    IReadOnlyList<FrozenPart> Parts,
    IReadOnlyList<FrozenInput> Inputs,
    string Attempt,
    string Scratch,
    long Memory,
    string Journal);

/// <summary>A part of a fingerprint.</summary>
internal sealed record FrozenPart(string Name, string Value);

/// <summary>An input's place on disk and what it contains.</summary>
internal sealed record FrozenInput(string Place, FrozenContent Content);

/// <summary>What a child says of its work: column hashes and whether it used the seed, or what went wrong.</summary>
internal sealed record ChildResult(
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Columns,
    bool UsedSeed,
    ChildError? Error);

/// <summary>A failure, carried over a process boundary.</summary>
internal sealed record ChildError(string Kind, string Title, IReadOnlyList<ChildFact> Facts, string? Advice, bool WasKilled);

/// <summary>A labelled fact of a failure.</summary>
internal sealed record ChildFact(string Label, string Value);

/// <summary>A line of progress on a child's standard output.</summary>
internal sealed record ProgressLine(Progress Progress);
