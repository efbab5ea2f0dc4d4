using TauPipeline.BuildGraph;

namespace TauPipeline.Host;

/// <summary>
/// What came of a run: a line per stage with the engine's own times, and with <c>--explain</c> what was left alone and why.
/// </summary>
internal static class RunReport
{
    private static readonly string[] Header = ["stage", "ran", "same", "restored", "cut off", "up to date", "failed", "not run", "time"];

    public static IEnumerable<string> Lines(BuildSummary summary, TimeSpan wall, bool isExplaining)
    {
        if (isExplaining) foreach (string line in LeftAlone(summary)) yield return line;
        int idle = summary.Count(StepOutcome.UpToDate), all = summary.Steps.Count;
        if (idle == all)
        {
            yield return $"nothing to do: {Words.Count(all, "step")} up to date (inputs, settings, code, tools and products are as the log has them)";
            yield break;
        }
        foreach (string line in Table.Lines(Header, summary.Steps.GroupBy(step => step.Step.Stage).Select(Row))) yield return line;
        string verdict = summary.Interrupted ? "interrupted" : summary.FirstError is null ? "done" : "failed";
        yield return $"{verdict} in {Words.Of(wall)}: {summary.Count(StepOutcome.Ran) + summary.Count(StepOutcome.RanUnchanged)} ran, {summary.Count(StepOutcome.CutOff)} cut off, {idle} up to date{Restored(summary)}{TriedAgain(summary)}";
    }

    public static string Json(BuildSummary summary, TimeSpan wall) => JsonLine.Of(line =>
    {
        line.Write("event", "summary").Write("seconds", wall.TotalSeconds);
        foreach (StepOutcome outcome in Enum.GetValues<StepOutcome>()) line.Write(outcome.ToString(), summary.Count(outcome));
        line.Write("TriedAgain", summary.Steps.Count(step => step.Attempts > 1));
    });

    private static string Restored(BuildSummary summary) =>
        summary.Count(StepOutcome.Restored) is > 0 and var count ? $", {count} restored from the run cache" : "";

    private static string TriedAgain(BuildSummary summary) =>
        summary.Steps.Count(step => step.Attempts > 1) is > 0 and var again ? $", {again} tried again" : "";

    private static string[] Row(IGrouping<string, StepEnded> stage)
    {
        string Of(params StepOutcome[] outcomes) =>
            stage.Count(step => outcomes.Contains(step.Outcome)) is > 0 and var count ? $"{count}" : "-";
        var time = TimeSpan.FromTicks(stage.Sum(step => step.Duration.Ticks));
        return
        [
            stage.Key,
            Of(StepOutcome.Ran),
            Of(StepOutcome.RanUnchanged),
            Of(StepOutcome.Restored),
            Of(StepOutcome.CutOff),
            Of(StepOutcome.UpToDate),
            Of(StepOutcome.Failed), Of(StepOutcome.Blocked, StepOutcome.Cancelled), Words.Of(time),
        ];
    }

    private static IEnumerable<string> LeftAlone(BuildSummary summary)
    {
        foreach (
            IGrouping<(string Stage, StepOutcome Outcome), StepEnded> group in summary
                .Steps.Where(WasLeftAlone)
                .GroupBy(step => (step.Step.Stage, step.Outcome)))
        {
            string steps = group.Count() == 1 ? group.First().Step.Id : $"{group.Key.Stage}, {group.Count()} steps";
            yield return $"{steps}  {Words.WhyNot(group.Key.Outcome)}";
            foreach (StaleReason reason in group.SelectMany(step => step.Reasons).Distinct()) yield return $"  {reason}";
        }
    }

    private static bool WasLeftAlone(StepEnded step) =>
        step.Outcome is StepOutcome.UpToDate or StepOutcome.CutOff or StepOutcome.Blocked or StepOutcome.Cancelled;
}
