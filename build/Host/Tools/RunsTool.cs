using TauPipeline.BuildGraph;
using TauPipeline.RunStore;

namespace TauPipeline.Host;

/// <summary>Shows the trainings that a campaign's run store keeps, and takes in those of other people's stores.</summary>
internal sealed class RunsTool : ITool
{
    public string Name => "Runs";

    public string Summary =>
        "the trainings kept in out/<campaign>/runs/mlruns: losses, AUC and settings that differ; --merge=DIR takes in another store";

    public int Run(Invocation call)
    {
        MlflowStore store = RunPlaces.StoreOf(call.Campaign.Out);
        if (call.Line.Has(Options.Merge)) Merge(call, store);
        IReadOnlyList<StoredRun> runs = store.Runs();
        if (call.Line.Has(Options.Json)) foreach (string line in new RunTable(runs).Json()) call.Terminal.Output.WriteLine(line);
        else if (runs.Count == 0) call.Terminal.Output.WriteLine($"no run is kept in {store.Root} yet: every training will be");
        else
        {
            foreach (string line in new RunTable(runs).Lines()) call.Terminal.Output.WriteLine(line);
            call.Terminal.Output.WriteLine(RunPlaces.ToSee(JournalFolder.Of(call.Campaign.Out)));
        }
        return ExitCode.Done;
    }

    // No run may write meanwhile.
    private static void Merge(Invocation call, MlflowStore store)
    {
        var notes = new LineReporter(call.Terminal.Error.WriteLine, isExplaining: false);
        using var claim = FolderClaim.Take(BuildRequests.Of(call, [], notes), call.Cancellation);
        foreach (string other in call.Line.All(Options.Merge))
        {
            (int came, int known) = StoreMerge.Into(store, other);
            call.Terminal.Output.WriteLine(
                call.Line.Has(Options.Json)
                    ? JsonLine.Of(line => line.Write("event", "merged").Write("from", other).Write("came", came).Write("known", known))
                    : $"{other}: {Words.Count(came, "run")} came, {known} already here");
        }
    }
}
