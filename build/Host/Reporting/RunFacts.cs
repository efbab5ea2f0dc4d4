using TauPipeline.BuildGraph;

namespace TauPipeline.Host;

/// <summary>A step that began in a run.</summary>
/// <param name="Step">The step.</param>
/// <param name="Start">Since the run began.</param>
/// <param name="Ended">What became of it, how long it took, and why it ran.</param>
internal sealed record StepFacts(Step Step, TimeSpan Start, StepEnded Ended);

/// <summary>Everything a report says of a run.</summary>
/// <param name="Campaign">Name of the campaign.</param>
/// <param name="Began">When it began (UTC).</param>
/// <param name="Wall">How long it took.</param>
/// <param name="Verdict"><c>done</c>, <c>failed</c> or <c>interrupted</c>.</param>
/// <param name="CommandLine">As typed.</param>
/// <param name="Jobs">Processors that it could use.</param>
/// <param name="Steps">The steps that began, in the order in which they did.</param>
/// <param name="LeftAlone">How many steps of each stage ended without beginning, by outcome.</param>
/// <param name="Saved">What the steps of an outcome took when they last ran: the time that was saved.</param>
/// <param name="Notes">What the user was told besides.</param>
/// <param name="Machine">Name and value of what it ran on.</param>
internal sealed record RunFacts(
    string Campaign,
    DateTime Began,
    TimeSpan Wall,
    string Verdict,
    string CommandLine,
    int Jobs,
    IReadOnlyList<StepFacts> Steps,
    IReadOnlyList<(string Stage, StepOutcome Outcome, int Count)> LeftAlone,
    IReadOnlyList<(StepOutcome Outcome, int Count, TimeSpan Time)> Saved,
    IReadOnlyCollection<string> Notes, IReadOnlyList<(string Name, string Value)> Machine)
{
    /// <summary>Whether the campaign's run store holds trainings.</summary>
    public bool HasRunStore { get; init; }

    // Not only what was left alone saves time; what came from the cache has begun, but did not work.
    private static readonly StepOutcome[] Saving = [StepOutcome.Restored, StepOutcome.CutOff, StepOutcome.UpToDate];

    /// <summary>Share of the processors' time in which steps worked.</summary>
    public double Busy =>
        Wall > TimeSpan.Zero
            ? Math.Min(1, Steps.Sum(step => step.Ended.Duration.TotalSeconds * step.Step.Needs.Cpu) / (Wall.TotalSeconds * Jobs))
            : 0;

    public static RunFacts Of(Invocation call, RunJournal journal, BuildSummary summary, TimeSpan wall)
    {
        Dictionary<string, TimeSpan> durations = BuildState.Of(call.Campaign.Out)
            .ToDictionary(step => step.Id, step => step.Duration, StringComparer.Ordinal);
        return new RunFacts(
            call.Campaign.Name,
            journal.Began,
            wall,
            summary.Interrupted ? "interrupted"
                : summary.FirstError is null ? "done"
                : "failed",
            $"dotnet cake {call.Line.Text}".TrimEnd(), call.Line.Jobs,
            [
                .. summary.Steps.Select(step => (step, Start: journal.StartOf(step.Step)))
                    .Where(step => step.Start is not null)
                    .Select(step => new StepFacts(step.step.Step, step.Start!.Value, step.step))
                    .OrderBy(step => step.Start),
            ],
            [
                .. summary.Steps.Where(step => journal.StartOf(step.Step) is null)
                    .GroupBy(step => (step.Step.Stage, step.Outcome))
                    .Select(group => (group.Key.Stage, group.Key.Outcome, group.Count())),
            ],
            [.. summary.Steps.Where(step => Saving.Contains(step.Outcome)).GroupBy(step => step.Outcome)
                .Select(group =>
                    (group.Key, group.Count(), TimeSpan.FromTicks(group.Sum(step => durations.GetValueOrDefault(step.Step.Id).Ticks)))),
        ],
            journal.Notes, MachineFacts.Of(call.Campaign.Stages))
        { HasRunStore = Directory.Exists(RunPlaces.StoreOf(call.Campaign.Out).Root) };
    }

    /// <summary>The JSON object of <c>report.json</c>.</summary>
    public string Json() =>
        JsonLine.Of(line =>
            line.Write("format", 1)
                .Write("campaign", Campaign)
                .Write("began", Began.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture))
        .Write("seconds", Wall.TotalSeconds).Write("verdict", Verdict).Write("command", CommandLine).Write("jobs", Jobs).Write("busy", Busy)
        .Write("steps", Steps, Write)
        .Write("left_alone", LeftAlone, (one, left) =>
            one.Write("stage", left.Stage).Write("outcome", left.Outcome.ToString()).Write("steps", left.Count))
        .Write("saved", Saved, (one, saved) =>
            one.Write("by", saved.Outcome.ToString()).Write("steps", saved.Count).Write("seconds", saved.Time.TotalSeconds))
        .Write("notes", Notes)
        .Write("environment", Machine, (one, fact) => one.Write("name", fact.Name).Write("value", fact.Value)));

    private static void Write(JsonLine line, StepFacts step)
    {
        line.Write("step", step.Step.Id)
            .Write("outcome", step.Ended.Outcome.ToString())
            .Write("start", step.Start.TotalSeconds)
            .Write("seconds", step.Ended.Duration.TotalSeconds)
            .Write("attempts", step.Ended.Attempts);
        if (step.Ended.PeakMemory > 0) line.Write("peak_memory", step.Ended.PeakMemory);
        line.Write(step.Ended.Reasons).Write(step.Ended.Error);
    }
}
