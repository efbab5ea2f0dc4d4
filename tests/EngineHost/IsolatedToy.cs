using System.Diagnostics;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Tests.EngineHost;

/// <summary>The work of the isolated step, in all the ways in which a child can end.</summary>
internal static class IsolatedToy
{
    public static void Work(StepRun run, Artifact<ToyText> counts, Artifact<ToyText> sum, string how)
    {
        Console.WriteLine("adding up");
        run.Progress.Report(new Progress(1, 2, "numbers", "half"));
        run.Progress.Report(new Progress(1, 2, "numbers", Warning: "odd"));
        if (how == "fail") throw new StepFailed(new ErrorText("the numbers do not add up", [("seen", "three")], "count again"));
        if (how == "crash") Process.GetCurrentProcess().Kill();
        if (how == "hang") run.Cancellation.WaitHandle.WaitOne();
        run.Cancellation.ThrowIfCancellationRequested();
        run.Write(
            sum,
            new ToyText(
                $"{run.Read(counts).Text.Split(' ').Sum(int.Parse)} in {(how == "where" ? Environment.GetEnvironmentVariable("TOY_VARIABLE") : "a child")}"
            ));
    }
}
