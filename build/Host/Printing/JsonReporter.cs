using TauPipeline.BuildGraph;

namespace TauPipeline.Host;

/// <summary>One JSON object per event.</summary>
internal sealed class JsonReporter(TextWriter output) : IBuildReporter
{
    public void Report(BuildEvent happened) => output.WriteLine(JsonLine.Of(line => _ = happened switch
    {
        StepStarted one => line.Write("event", "started").Write("step", one.Step.Id).Write(one.Reasons),
        StepProgressed one => line.Write("event", "progress").Write("step", one.Step.Id)
            .Write("done", one.Progress.Done)
            .Write("total", one.Progress.Total)
            .Write("unit", one.Progress.Unit)
            .Write("note", one.Progress.Note),
        StepRetried one => line.Write("event", "retried")
            .Write("step", one.Step.Id)
            .Write("attempt", one.Attempt)
            .Write("memory", one.Memory)
            .Write(one.Error),
        StepEnded one => line.Write("event", "ended").Write("step", one.Step.Id).Write("outcome", one.Outcome.ToString())
            .Write("seconds", one.Duration.TotalSeconds).Write("attempts", one.Attempts).Write(one.Reasons).Write(one.Error),
        BuildNote one => line.Write("event", "note").Write("text", one.Text),
        _ => line.Write("event", happened.GetType().Name),
    }));
}
