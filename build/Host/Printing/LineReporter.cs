using TauPipeline.BuildGraph;

namespace TauPipeline.Host;

/// <summary>One line per step that ran, for pipes and logs; with <c>--explain</c> the reasons before it.</summary>
internal sealed class LineReporter(Action<string> print, bool isExplaining) : IBuildReporter
{
    public void Report(BuildEvent happened)
    {
        switch (happened)
        {
            case StepStarted started when isExplaining:
                print($"{started.Step.Id} runs because");
                foreach (StaleReason reason in started.Reasons) print($"  {reason}");
                break;
            case StepEnded { Outcome: StepOutcome.Ran or StepOutcome.RanUnchanged or StepOutcome.Restored or StepOutcome.Failed } ended:
                print($"{Words.Of(ended.Outcome),-10}  {ended.Step.Id}  {Words.Of(ended.Duration)}");
                break;
            case StepRetried retried:
                print($"{"again",-10}  {retried.Step.Id}  {Words.Again(retried)}");
                break;
            case BuildNote note:
                print(note.Text);
                break;
        }
    }
}
