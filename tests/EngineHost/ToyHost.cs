using System.Diagnostics;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Queues;

namespace TauPipeline.Tests.EngineHost;

/// <summary>Runs the toy campaign, or a child, in a process that tests may kill.</summary>
internal static class ToyHost
{
    public static int Run(string campaign, string output, (int DieAt, int Jobs) how, CancellationToken cancellation)
    {
        int passed = 0;
        IReadOnlyList<IStage> stages = ToyCampaign.Compose(campaign);
        var request = new BuildRequest
        {
            Stages = stages,
            Targets = [stages[^1].Name],
            Out = output,
            Seed = 1,
            Code = new Dictionary<string, ContentHash>(),
            Campaign = campaign,
            ChildCommand = [Environment.ProcessPath!, typeof(ToyHost).Assembly.Location],
            Jobs = how.Jobs,
            Reporter = new Notes(),
            Passing = _ => { if (Interlocked.Increment(ref passed) == how.DieAt) Process.GetCurrentProcess().Kill(); },
        };
        BuildSummary summary = BuildRun.Start(request, cancellation).Completion.GetAwaiter().GetResult();
        Console.WriteLine($"ran {summary.Count(StepOutcome.Ran) + summary.Count(StepOutcome.RanUnchanged)} passed {passed}");
        if (summary.FirstError is { } error) Console.Error.WriteLine(error);
        return summary.Interrupted ? 130 : summary.FirstError is null ? 0 : 1;
    }

    /// <summary>Builds a toy campaign on Slurm, whose controller <c>SLURM_CONF</c> names; soon bored.</summary>
    public static async Task<int> OnSlurm(string campaign, string output, CancellationToken cancellation)
    {
        IReadOnlyList<IStage> stages = ToyCampaign.Compose(campaign);
        string[] host = [Environment.ProcessPath!, typeof(ToyHost).Assembly.Location];
        var settings = new QueueSettings
        {
            Job = new JobSettings { ProgramMemory = 64 << 20 },
            Poll = TimeSpan.FromSeconds(0.5),
            Latency = TimeSpan.FromSeconds(1),
        };
        await using var executor = BatchExecutor.OnSlurm(settings, Path.Combine(output, ".tau", "queue"), host);
        BuildSummary summary = await BuildRun.Start(
            new BuildRequest
            {
                Stages = stages,
                Targets = [stages[^1].Name],
                Out = output,
                Seed = 1,
                Code = new Dictionary<string, ContentHash>(),
                Campaign = campaign,
                ChildCommand = host,
                Executor = executor,
                KeepGoing = true,
                Reporter = new Notes(),
            },
            cancellation).Completion;
        Console.WriteLine($"ran {summary.Count(StepOutcome.Ran) + summary.Count(StepOutcome.RanUnchanged)}");
        foreach (StepEnded step in summary.Steps)
            if (step.Error is { } error) Console.Error.WriteLine(error);
        return summary.Interrupted ? 130 : summary.FirstError is null ? 0 : 1;
    }

    public static int Spawn(string seconds)
    {
        ProcessRunner.Run(new ProcessRequest("sleep", [seconds]) { Started = Console.WriteLine }, CancellationToken.None);
        return 0;
    }

    public static int Shell(string script) =>
        ProcessRunner.Run(new ProcessRequest("sh", ["-c", script]) { Line = Console.WriteLine }, CancellationToken.None).ExitCode;

    private sealed class Notes : IBuildReporter
    {
        public void Report(BuildEvent happened)
        {
            if (happened is BuildNote note) Console.Error.WriteLine(note.Text);
        }
    }
}
