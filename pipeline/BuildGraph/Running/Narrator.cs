namespace TauPipeline.BuildGraph;

/// <summary>Tells the reporter what happens, one thing at a time.</summary>
internal sealed class Narrator(IBuildReporter reporter)
{
    private readonly Lock _gate = new();

    public void Tell(BuildEvent happened)
    {
        lock (_gate) reporter.Report(happened);
    }

    public void Note(string text) => Tell(new BuildNote(text));

    /// <summary>Takes the progress of a step.</summary>
    public IProgress<Progress> ProgressOf(Step step) => new Steps(this, step);

    private sealed class Steps(Narrator narrator, Step step) : IProgress<Progress>
    {
        public void Report(Progress value)
        {
            if (value.Warning is { } warning) narrator.Note($"{step.Id}: {warning}");
            narrator.Tell(new StepProgressed(step, value));
        }
    }
}
