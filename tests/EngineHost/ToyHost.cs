using System.Diagnostics;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Tests.EngineHost;

/// <summary>Runs the toy campaign, or a child, in a process that tests may kill.</summary>
internal static class ToyHost
{
    public static int Run(string campaign, string output, int dieAt, CancellationToken cancellation)
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
            Jobs = 2,
            Reporter = new Silent(),
            Passing = _ => { if (Interlocked.Increment(ref passed) == dieAt) Process.GetCurrentProcess().Kill(); },
        };
        BuildSummary summary = BuildRun.Start(request, cancellation).Completion.GetAwaiter().GetResult();
        Console.WriteLine($"ran {summary.Count(StepOutcome.Ran) + summary.Count(StepOutcome.RanUnchanged)} passed {passed}");
        if (summary.FirstError is { } error) Console.Error.WriteLine(error);
        return summary.FirstError is null ? 0 : 1;
    }

    public static int Spawn(string seconds)
    {
        ProcessRunner.Run(new ProcessRequest("sleep", [seconds]) { Started = Console.WriteLine }, CancellationToken.None);
        return 0;
    }

    private sealed class Silent : IBuildReporter
    {
        public void Report(BuildEvent happened) { }
    }
}
