using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.RunStore;
using TauPipeline.Stages;

namespace TauPipeline.Host;

/// <summary>
/// Keeps each training of a run in the campaign's run store as soon as it has ended, and the evaluation with it: under the lock of the
/// output folder, so that one writes at a time. What cannot be kept is told of, and is no failure of the run.
/// </summary>
internal sealed class RunRecorder(Invocation call, IBuildReporter next) : IBuildReporter
{
    private readonly List<StoredRun> _trained = [];
    private readonly MlflowStore _store = RunPlaces.StoreOf(call.Campaign.Out);

    /// <summary>Whether anything was kept that had not been.</summary>
    public bool HasKept { get; private set; }

    public void Report(BuildEvent happened)
    {
        next.Report(happened);
        if (happened is not StepEnded { Outcome: not (StepOutcome.Failed or StepOutcome.Blocked or StepOutcome.Cancelled) } ended) return;
        try
        {
            if (KeptTraining.IsTraining(ended.Step)) Keep(ended);
            else if (KeptTraining.IsChoice(ended.Step)) KeepChosen();
            else if (KeptTraining.IsEvaluation(ended.Step)) Evaluate(ended.Step);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or PipelineException)
        {
            next.Report(new BuildNote($"{ended.Step.Id} could not be kept in the run store: {problem.Message}"));
        }
    }

    private static long Now => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    private void Keep(StepEnded ended)
    {
        if (StateOf(ended.Step) is not { } state) return;
        StoredRun named = KeptTraining.Named(call.Campaign.Name, ended.Step, state.Fingerprint);
        _trained.Add(named);
        if (_store.Has(named)) return;
        string journal = BuildState.JournalOf(call.Campaign.Out, ended.Step, state.Fingerprint);
        StoredRun run = KeptTraining.Of(named, ended.Step, Place, journal, Now);
        _store.Add(run with { User = Environment.UserName, Tags = Tags(run.Tags, state.Fingerprint) });
        HasKept = true;
    }

    // Only theirs are the scores that are evaluated.
    private void KeepChosen()
    {
        IReadOnlyList<string> chosen = KeptTraining.Chosen(call.Campaign.Name, Place(ChooseStage.Choice));
        _trained.RemoveAll(run => !chosen.Contains(run.Name));
    }

    private void Evaluate(Step evaluation)
    {
        if (StateOf(evaluation) is not { } state) return;
        string file = Place(evaluation.Writes.First(artifact => artifact.Path.EndsWith(".json", StringComparison.Ordinal)));
        foreach (StoredRun run in _trained.Where(run => _store.Tag(run, KeptTraining.EvaluationTag) != $"{state.Fingerprint}"))
        {
            _store.Give(KeptTraining.Evaluated(run, state.Fingerprint, file, Now), KeptTraining.Evaluation);
            HasKept = true;
        }
    }

    private string Place(Artifact product) => Path.Combine(call.Campaign.Out, product.Path);

    private StepState? StateOf(Step step) =>
        BuildState.Of(call.Campaign.Out).FirstOrDefault(state => state.Id == step.Id) is { } state
        && state.Products.All(product => !product.IsReleased) ? state : null;

    private Dictionary<string, string> Tags(IReadOnlyDictionary<string, string> own, ContentHash fingerprint)
    {
        var tags = new Dictionary<string, string>(own)
        {
            ["tau.campaign"] = call.Campaign.Name,
            ["tau.fingerprint"] = fingerprint.ToString(),
            ["mlflow.user"] = Environment.UserName,
            ["mlflow.source.type"] = "LOCAL",
        };
        if (GitCommit.Of(Repository.Root) is not var (commit, isEdited)) return tags;
        tags["mlflow.source.git.commit"] = commit;
        if (isEdited) tags["tau.git.edited"] = "yes";
        return tags;
    }
}
