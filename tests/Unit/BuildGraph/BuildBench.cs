using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Tests.EngineHost;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>A temporary output folder with raw files beside it, and toy steps that copy and join texts.</summary>
internal sealed class BuildBench : IDisposable, IBuildReporter
{
    /// <summary>
    /// Coarser than a tick of the kernel's clock (at most 10 ms), which the stamps of local disks follow: for tests that cannot wait two
    /// seconds.
    /// </summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(30);

    private readonly string _root = Directory.CreateTempSubdirectory("tau-build-").FullName;

    public List<BuildEvent> Events { get; } = [];

    /// <summary>Identities of the steps whose work was really done, in order.</summary>
    public List<string> Worked { get; } = [];

    public string Out => Path.Combine(_root, "out");

    public Dictionary<string, ContentHash> Code { get; } = [];

    public string Root => _root;

    /// <summary>Takes an event, also of two runs at once.</summary>
    public void Report(BuildEvent happened)
    {
        lock (Events) Events.Add(happened);
    }

    /// <summary>Whether there was such an event by now; the way to look while a run goes on.</summary>
    public bool Saw<T>() where T : BuildEvent
    {
        lock (Events) return Events.OfType<T>().Any();
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>A raw file with that text.</summary>
    public Artifact Raw(string name, string text, ContentHash? stated = null)
    {
        File.WriteAllText(RawPath(name), text);
        return Artifact.Raw($"set/{name}", new RawSource(RawPath(name), stated, null, "manifest.yaml:3"));
    }

    public string RawPath(string name) => Path.Combine(_root, name + ".raw");

    public string Read(string product) => File.ReadAllText(Path.Combine(Out, product));

    /// <summary>Puts another file in the place of one, which is not written into: it may be the cache's own.</summary>
    public static void Replace(string path, string text)
    {
        File.WriteAllText(path + ".new", text);
        File.Move(path + ".new", path, overwrite: true);
    }

    public void Edit(string product, string text) => File.WriteAllText(Path.Combine(Out, product), text);

    /// <summary>A step that writes all its inputs' texts, joined, with a prefix from its settings.</summary>
    public Step Join(string stage, string key, string output, IReadOnlyList<Artifact> inputs, string prefix = "") => new()
    {
        Stage = stage,
        Key = key,
        Reads = [.. inputs.Select((input, i) => new StepInput($"in{i}", input))],
        Writes = [new Artifact<ToyText>(output)],
        Settings = SettingsUsed.None.And($"{stage.ToLowerInvariant()}.prefix", prefix),
        Work = run =>
        {
            lock (Worked) Worked.Add(key.Length == 0 ? stage : $"{stage}/{key}");
            run.Write(
                new Artifact<ToyText>(output),
                new ToyText(prefix + string.Concat(inputs.Select(input => run.Stream<ToyReader>(input).Text))));
        },
    };

    /// <summary>A step that makes a folder of files.</summary>
    public static Step Tree(string stage, Artifact folder) => new()
    {
        Stage = stage,
        Reads = [],
        Writes = [folder],
        Settings = SettingsUsed.None,
        Work = run => run.Create<ToyTree>(folder).Write(true, "whole"),
    };

    /// <summary>A step that does whatever a test wants, writing one text.</summary>
    public Step Custom(
        string stage,
        string output,
        IReadOnlyList<StepInput> reads,
        Action<StepRun, Artifact<ToyText>> work,
        string key = "")
    {
        var artifact = new Artifact<ToyText>(output);
        return new Step
        {
            Stage = stage,
            Key = key,
            Reads = reads,
            Writes = [artifact],
            Settings = SettingsUsed.None,
            Work = run =>
            {
                lock (Worked) Worked.Add(key.Length == 0 ? stage : $"{stage}/{key}");
                work(run, artifact);
            },
        };
    }

    /// <summary>The outcome of each step.</summary>
    public static string Outcomes(BuildSummary summary) => string.Join(' ', summary.Steps.Select(step => $"{step.Step.Id}:{step.Outcome}"));

    public BuildRequest Request(IReadOnlyList<IStage> stages, params string[] targets) => new()
    {
        Stages = stages,
        Targets = targets.Length > 0 ? targets : [stages[^1].Name],
        Out = Out,
        Seed = 7,
        Code = Code,
        Campaign = "toy",
        ChildCommand = ["false"],
        Jobs = 1,
        Reporter = this,
    };

    public BuildSummary Build(params IReadOnlyList<IStage> stages) => Build(Request(stages));

    public BuildSummary Build(BuildRequest request, CancellationToken cancellation = default)
    {
        Worked.Clear();
        Events.Clear();
        return BuildRun.Start(request, cancellation).Completion.GetAwaiter().GetResult();
    }
}
