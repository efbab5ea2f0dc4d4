using TauPipeline.Foundation;

namespace TauPipeline.RunStore;

/// <summary>
/// Takes the runs of another store into one. A run that both have is one run: it must have the same settings and numbers, whenever they
/// were noted; what only the other has of it (numbers, files, words) is added.
/// </summary>
public static class StoreMerge
{
    /// <summary>Does it.</summary>
    /// <returns>How many runs came, and how many were there already.</returns>
    /// <exception cref="Misuse">The other is no store, or a run differs: nothing has been taken.</exception>
    public static (int Came, int Known) Into(MlflowStore store, string other)
    {
        var from = new MlflowStore(Find(other));
        IReadOnlyList<StoredRun> theirs = from.Runs();
        if (theirs.Count == 0) throw RunStoreErrors.NoStore(other);
        Dictionary<(string, string), StoredRun> ours = store.Runs().ToDictionary(run => (run.Experiment.Id, run.Id));
        Dictionary<string, string> names = store.Experiments().ToDictionary(one => one.Id, one => one.Name);
        foreach (StoredRun run in theirs)
        {
            if (names.GetValueOrDefault(run.Experiment.Id, run.Experiment.Name) is var name && name != run.Experiment.Name)
                throw RunStoreErrors.OtherExperiment(run.Experiment, name, other);
            if (ours.GetValueOrDefault((run.Experiment.Id, run.Id)) is { } mine && Difference(mine, run) is { } difference)
                throw RunStoreErrors.Differs(mine, difference, other);
        }
        foreach (StoredRun run in theirs)
            if (ours.ContainsKey((run.Experiment.Id, run.Id))) AddMissing(from.FolderOf(run), store.FolderOf(run));
            else Take(store, run, from.FolderOf(run));
        int known = theirs.Count(run => ours.ContainsKey((run.Experiment.Id, run.Id)));
        return (theirs.Count - known, known);
    }

    // The store itself, the folder it is in, or the output folder of a campaign.
    private static string Find(string place) =>
        new[] { place, Path.Combine(place, MlflowStore.FolderName), Path.Combine(place, "runs", MlflowStore.FolderName) }
            .FirstOrDefault(one => new MlflowStore(one).Experiments().Count > 0)
        ?? throw RunStoreErrors.NoStore(place);

    private static (string What, string Ours, string Theirs)? Difference(StoredRun ours, StoredRun theirs)
    {
        foreach (string name in ours.Params.Keys.Union(theirs.Params.Keys).Order(StringComparer.Ordinal))
        {
            string? mine = ours.Params.GetValueOrDefault(name), other = theirs.Params.GetValueOrDefault(name);
            if (mine != other) return ($"setting {name}", mine ?? "none", other ?? "none");
        }
        foreach (string name in ours.Metrics.Keys.Intersect(theirs.Metrics.Keys).Order(StringComparer.Ordinal))
        {
            IEnumerable<string> mine = Values(ours.Metrics[name]), other = Values(theirs.Metrics[name]);
            if (!mine.SequenceEqual(other)) return ($"number {name}", string.Join(", ", mine.Except(other)), string.Join(", ", other.Except(mine)));
        }
        return null;
    }

    // Numbers are the same whenever they were noted.
    private static List<string> Values(IReadOnlyList<MetricPoint> points) =>
        [.. points.OrderBy(point => point.Step).Select(point => FormattableString.Invariant($"{point.Value} at step {point.Step}"))];

    private static void Take(MlflowStore store, StoredRun run, string folder)
    {
        store.Add(run.Experiment, run.Began);
        store.Whole(store.FolderOf(run), fresh =>
        {
            foreach (string name in RunFolder.Names(folder, "")) Copy(folder, fresh, name);
            // Theirs may name a place on their machine.
            File.WriteAllText(Path.Combine(fresh, MetaFile.Name), RunFolder.Meta(run).ToString());
        });
    }

    private static void AddMissing(string from, string to)
    {
        foreach (string name in RunFolder.Names(from, "").Where(name => !Path.Exists(Path.Combine(to, name)))) Copy(from, to, name);
    }

    private static void Copy(string from, string to, string name)
    {
        string place = Path.Combine(to, name);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        WholeFile.Write(place, fresh => File.Copy(Path.Combine(from, name), fresh));
    }
}
