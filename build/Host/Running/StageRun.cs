using System.Diagnostics;
using TauPipeline.BuildGraph;
using TauPipeline.Queues;

namespace TauPipeline.Host;

/// <summary>One run of the engine under one walk of Cake: the engine decides and works, Cake's tasks wait for their stage.</summary>
internal static class StageRun
{
    /// <param name="call">The call.</param>
    /// <param name="stages">The stages wanted.</param>
    /// <param name="walk">Walks Cake's tasks, given what waits for a stage and says whether it went well.</param>
    /// <returns>The exit code: of the first failure, never of Cake's exception.</returns>
    public static async Task<int> Run(Invocation call, IReadOnlyList<string> stages, Func<Func<string, Task<int>>, Task<int>> walk)
    {
        SetupNeeds.Ensure(call, stages);
        var wall = Stopwatch.StartNew();
        BuildSummary summary;
        RunJournal journal;
        RunRecorder runs;
        int walked;
        await using BatchExecutor? executor = Executors.Of(call);
        await using (var display = new RunDisplay(call))
        {
            var failures = new FailedStages(display.Reporter);
            runs = new RunRecorder(call, failures);
            journal = new RunJournal(runs);
            BuildRun run = BuildRun.Start(
                BuildRequests.Of(call, stages, journal) with { Executor = executor },
                call.Cancellation);
            try
            {
                walked = await walk(async stage =>
                {
                    await run.Finished(stage);
                    return failures.Contains(stage) ? ExitCode.StepFailed : ExitCode.Done;
                });
            }
            finally { summary = await run.Completion; } // whatever becomes of the walk, no step is left behind
        }
        JournalFiles? report =
            journal.IsWorthKeeping || call.Line.Has(Options.Report) ? JournalFolder.Keep(call, journal, summary, wall.Elapsed) : null;
        Print(call, summary, wall.Elapsed, report, runs.HasKept);
        if (summary.Interrupted) return ExitCode.Interrupted;
        if (summary.FirstError is not { } error) return walked;
        return Failure.Print(
            error,
            call.Terminal,
            call.Line.Has(Options.Json),
            summary.Steps.FirstOrDefault(step => ReferenceEquals(step.Error, error.Text))?.Step.Id);
    }

    // Short where one can click on it, and right where one cannot.
    private static string Shown(string file) =>
        Path.GetRelativePath(Environment.CurrentDirectory, file) is var near && near.StartsWith("..", StringComparison.Ordinal)
            ? file
            : near;

    private static void Print(Invocation call, BuildSummary summary, TimeSpan wall, JournalFiles? report, bool hasKeptRuns)
    {
        if (report is not null && call.Line.Has(Options.Json))
            call.Terminal.Output.WriteLine(
                JsonLine.Of(line => line.Write("event", "report").Write("page", report.Page).Write("facts", report.Facts)));
        if (hasKeptRuns && call.Line.Has(Options.Json))
            call.Terminal.Output.WriteLine(
                JsonLine.Of(line => line.Write("event", "runs").Write("store", RunPlaces.StoreOf(call.Campaign.Out).Root)));
        if (call.Line.Has(Options.Json)) call.Terminal.Output.WriteLine(RunReport.Json(summary, wall));
        else foreach (string line in RunReport.Lines(summary, wall, call.Line.Has(Options.Explain))) call.Terminal.Output.WriteLine(line);
        if (report is not null && !call.Line.Has(Options.Json)) call.Terminal.Output.WriteLine($"report: {Shown(report.Page)}");
        if (hasKeptRuns && !call.Line.Has(Options.Json))
            call.Terminal.Output.WriteLine($"runs: --target=Runs, or {RunPlaces.ToSee(Shown(JournalFolder.Of(call.Campaign.Out)))}");

        // The first failure is printed last, where one looks; under --keep-going the others stand before it.
        foreach (StepEnded step in summary.Steps)
            if (step.Error is { } other && !ReferenceEquals(other, summary.FirstError?.Text))
                call.Terminal.Error.WriteLine(Failure.In(step.Step.Id, other));
    }
}
