using System.Text.Json;
using TauPipeline.BuildGraph;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>What a run told in JSON lines.</summary>
internal static class RunEvents
{
    private static readonly string[] Working = [nameof(StepOutcome.Ran), nameof(StepOutcome.RanUnchanged), nameof(StepOutcome.Failed)];

    /// <summary>The events of one kind.</summary>
    public static IEnumerable<JsonElement> Events(this ProgramRun run, string kind) =>
        run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => JsonDocument.Parse(line).RootElement).Where(line => line.GetProperty("event").GetString() == kind);

    /// <summary>Each step's outcome.</summary>
    public static IReadOnlyDictionary<string, string> Outcomes(this ProgramRun run) =>
        run.Events("ended").ToDictionary(line => line.GetProperty("step").GetString()!, line => line.GetProperty("outcome").GetString()!);

    /// <summary>The steps that worked, in order of their names.</summary>
    public static IReadOnlyList<string> Ran(this ProgramRun run) =>
        [.. run.Outcomes().Where(step => Working.Contains(step.Value)).Select(step => step.Key).Order(StringComparer.Ordinal)];

    /// <summary>Why a step ran, as text.</summary>
    public static string WhyRan(this ProgramRun run, string step) =>
        run.Events("started").First(line => line.GetProperty("step").GetString() == step).GetProperty("reasons").GetRawText();
}
