using System.Globalization;
using TauPipeline.Foundation;

namespace TauPipeline.RunStore;

/// <summary>What can be wrong with a run store.</summary>
internal static class RunStoreErrors
{
    public static Misuse NoStore(string place) => new(new ErrorText(
        $"'{place}' holds no run",
        [("expected", $"a run store ({MlflowStore.FolderName}/<experiment>/<run>/{MetaFile.Name}), or a folder that one is in")]));

    public static Misuse NoPoint(string file, int line, string text) => new(new ErrorText(
        string.Create(CultureInfo.InvariantCulture, $"{file}:{line}: this is no value of a metric"),
        [("expected", "milliseconds since 1970, a value and a step"), ("found", text)]));

    public static Misuse OtherExperiment(Experiment theirs, string ours, string other) => new(new ErrorText(
        $"experiment {theirs.Id} is another one in '{other}'", [("here", ours), ("there", theirs.Name)], "nothing has been merged"));

    public static Misuse Differs(StoredRun run, (string What, string Ours, string Theirs) difference, string other) => new(new ErrorText(
        $"run {run.Id} ({run.Name}) differs from that in '{other}'",
        [("differs", difference.What), ("here", difference.Ours), ("there", difference.Theirs)],
        "nothing has been merged; one of the two was edited, or measured by other settings: delete the folder of one of them"));
}
