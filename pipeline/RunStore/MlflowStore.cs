namespace TauPipeline.RunStore;

/// <summary>
/// A run store in MLflow's layout of files, a folder that can be moved and that <c>mlflow ui</c> shows. A run appears in it whole or not
/// at all. One writes at a time: who writes holds the folder that the store is in.
/// </summary>
/// <param name="root">The store's folder, called <see cref="FolderName"/>: artifacts are named from the folder above it.</param>
public sealed class MlflowStore(string root)
{
    /// <summary>How the folder is called, by MLflow too.</summary>
    public const string FolderName = "mlruns";

    // Beside the store: MLflow would take whatever is in it for an experiment or a run. What a killed writer left is written over.
    private readonly string _unfinished = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(root))!, $".{FolderName}");

    /// <summary>The store's folder.</summary>
    public string Root => root;

    /// <summary>Whether that run is there.</summary>
    public bool Has(StoredRun run) => File.Exists(Path.Combine(FolderOf(run), MetaFile.Name));

    /// <summary>A word that a run carries, or <see langword="null"/>.</summary>
    public string? Tag(StoredRun run, string name) =>
        Path.Combine(FolderOf(run), RunFolder.Tags, name) is var file && File.Exists(file) ? File.ReadAllText(file) : null;

    /// <summary>Takes in a run that is not there yet.</summary>
    /// <exception cref="IOException">It cannot be written; nothing of it is there.</exception>
    public void Add(StoredRun run)
    {
        Add(run.Experiment, run.Began);
        Whole(FolderOf(run), folder => RunFolder.Write(run, folder));
    }

    /// <summary>
    /// Gives a run that is there a group of numbers, with files and words, in place of what the group held before. The words come last:
    /// as long as they are not there, whoever looks for them gives the group again.
    /// </summary>
    /// <param name="run">The run, and what it is given: all its metrics are named <paramref name="group"/><c>/…</c>.</param>
    /// <param name="group">The first part of their names.</param>
    public void Give(StoredRun run, string group)
    {
        string place = FolderOf(run);
        foreach (string tag in run.Tags.Keys) File.Delete(Path.Combine(place, RunFolder.Tags, tag));
        string fresh = Fresh();
        RunFolder.Write(run, fresh);
        string metrics = Path.Combine(place, RunFolder.Metrics, group), made = Path.Combine(fresh, RunFolder.Metrics, group);
        if (Directory.Exists(metrics)) Directory.Delete(metrics, recursive: true);
        if (Directory.Exists(made)) Directory.Move(made, metrics);
        MoveAll(fresh, place, RunFolder.Artifacts);
        MoveAll(fresh, place, RunFolder.Tags);
        Directory.Delete(_unfinished, recursive: true);
    }

    /// <summary>All runs, by experiment, then by when they began.</summary>
    /// <exception cref="Foundation.Misuse">A file of a run is not what it should be.</exception>
    public IReadOnlyList<StoredRun> Runs() =>
    [
        .. Experiments().SelectMany(experiment => RunIds(experiment)
                .Select(id => RunFolder.Read(Path.Combine(root, experiment.Id, id), experiment)))
            .OrderBy(run => run.Experiment.Name, StringComparer.Ordinal)
            .ThenBy(run => run.Began)
            .ThenBy(run => run.Id, StringComparer.Ordinal),
    ];

    /// <summary>All experiments.</summary>
    internal IReadOnlyList<Experiment> Experiments() =>
        [.. Below(root).Select(id => new Experiment(id, MetaFile.Read(Path.Combine(root, id, MetaFile.Name))["name"] ?? id))];

    /// <summary>The place of a run.</summary>
    internal string FolderOf(StoredRun run) => Path.Combine(root, run.Experiment.Id, run.Id);

    /// <summary>Takes in an experiment if it is not there yet.</summary>
    internal void Add(Experiment experiment, long time)
    {
        string place = Path.Combine(root, experiment.Id);
        if (File.Exists(Path.Combine(place, MetaFile.Name))) return;
        Whole(place, folder =>
        {
            MetaFile meta = new MetaFile()
                .With("artifact_location", $"{FolderName}/{experiment.Id}")
                .With("creation_time", time)
                .With("experiment_id", experiment.Id)
                .With("last_update_time", time)
                .With("lifecycle_stage", "active")
                .With("name", experiment.Name);
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, MetaFile.Name), meta.ToString());
        });
    }

    /// <summary>Makes a folder of the store elsewhere, and moves it into its place once it is whole.</summary>
    internal void Whole(string place, Action<string> write)
    {
        string fresh = Fresh();
        write(fresh);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        Directory.Move(fresh, place);
        Directory.Delete(_unfinished, recursive: true);
    }

    private IEnumerable<string> RunIds(Experiment experiment) => Below(Path.Combine(root, experiment.Id));

    // What has no meta.yaml is none of ours: words of an experiment, models, what was thrown away.
    private static IEnumerable<string> Below(string folder) => !Directory.Exists(folder) ? [] :
        Directory.EnumerateDirectories(folder)
            .Where(one => File.Exists(Path.Combine(one, MetaFile.Name)))
            .Select(one => Path.GetFileName(one))
            .Order(StringComparer.Ordinal);

    private string Fresh()
    {
        if (Directory.Exists(_unfinished)) Directory.Delete(_unfinished, recursive: true);
        Directory.CreateDirectory(_unfinished);
        return Path.Combine(_unfinished, "made");
    }

    private static void MoveAll(string from, string to, string part)
    {
        foreach (string name in RunFolder.Names(from, part))
        {
            string place = Path.Combine(to, part, name);
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            File.Move(Path.Combine(from, part, name), place, overwrite: true);
        }
    }
}
