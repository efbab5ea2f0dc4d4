using TauPipeline.BuildGraph;

namespace TauPipeline.Tests.Support;

/// <summary>Runs single steps over files of a folder, without the engine: every artifact is a file of its logical path.</summary>
public sealed class StageBench : IDisposable
{
    private readonly TempFolder _folder = new();

    /// <summary>Memory of each step that does not state its own, bytes.</summary>
    public long Memory { get; init; } = 64 << 20;

    /// <summary>Seed of the campaign.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>What steps warned of.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>Where an artifact stands; its folder is made.</summary>
    public string At(Artifact artifact)
    {
        string path = artifact.Source?.Location ?? _folder.At(artifact.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    /// <summary>Puts a product where a step will look for it.</summary>
    public void Put<T>(Artifact<T> artifact, T value) where T : IProduct<T> => T.Write(new ProductOutput(At(artifact)), value);

    /// <summary>A product that a step has written.</summary>
    public T Get<T>(Artifact<T> artifact) where T : IProduct<T> => T.Read(new ProductInput(At(artifact)));

    /// <summary>Runs a step with its declared inputs and outputs only; its ledger is in the run that comes back.</summary>
    public StepRun Run(Step step)
    {
        long memory = ReferenceEquals(step.Needs, Resources.OneCpu) ? Memory : step.Needs.Memory;
        var run = new StepRun(
            artifact => Opened(new ProductInput(At(artifact), Declared(step, artifact), memory / 8)), // a share, as the engine gives
            artifact => step.Writes.Any(written => written.Path == artifact.Path)
                ? new ProductOutput(At(artifact))
                : throw new InvalidOperationException($"{step.Id} does not write {artifact}"))
        {
            CampaignSeed = Seed,
            Stage = step.Stage,
            Memory = memory,
            Scratch = _folder.At("scratch"),
            Progress = new Heard(Warnings),
        };
        step.Work(run);
        return step.CountsRows && !run.Rows.Closes ? throw new InvalidOperationException($"the ledger of {step.Id} does not close") : run;
    }

    /// <summary>Whether <see cref="MostOpen"/> is counted, which takes its time.</summary>
    public bool CountsOpen { get; init; }

    /// <summary>The most files of this bench that were open at one time, as seen whenever one more was to be read.</summary>
    public int MostOpen { get; private set; }

    /// <summary>The files of this bench that are open.</summary>
    public int OpenNow => Directory.EnumerateFileSystemEntries("/proc/self/fd").Select(TargetOf)
        .Count(target => target?.StartsWith(_folder.Path, StringComparison.Ordinal) == true);

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private ProductInput Opened(ProductInput input)
    {
        if (CountsOpen) MostOpen = Math.Max(MostOpen, OpenNow + 1);
        return input;
    }

    // A descriptor may be closed by another test meanwhile.
    private static string? TargetOf(string descriptor)
    {
        try { return File.ResolveLinkTarget(descriptor, returnFinalTarget: false)?.FullName; }
        catch (IOException) { return null; }
    }

    private sealed class Heard(List<string> warnings) : IProgress<Progress>
    {
        public void Report(Progress value)
        {
            if (value.Warning is { } warning) warnings.Add(warning);
        }
    }

    // As the engine does: no columns named means the whole file.
    private static IReadOnlyList<string>? Declared(Step step, Artifact artifact) =>
        step.Reads.FirstOrDefault(read => read.Artifact.Path == artifact.Path) is { } input
        ? input.Columns.Count == 0 ? null : input.Columns
        : throw new InvalidOperationException($"{step.Id} does not read {artifact}");
}
