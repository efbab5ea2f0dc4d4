using System.Diagnostics;
using System.Globalization;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Tests.Benchmarks;

/// <summary>The process that is measured: BuildGraph alone, without Cake and YAML, brings a graph of copies up to date.</summary>
internal static class EngineWorkload
{
    /// <summary>Builds; prints how many steps ran, milliseconds inside the engine, and the peak of memory in KiB.</summary>
    public static int Run(EngineCase of)
    {
        long start = Stopwatch.GetTimestamp();
        int ran = of.Work == "bare" ? CopyAll(of) : Build(of);
        double inside = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ran} {inside} {Peak()}"));
        return 0;
    }

    private static int Build(EngineCase of)
    {
        var stage = new Copies(of);
        BuildSummary summary = BuildRun.Start(new BuildRequest
        {
            Stages = [stage],
            Targets = [stage.Name],
            Out = Path.Combine(of.Folder, "tau"),
            Seed = 1,
            Code = new Dictionary<string, ContentHash>(),
            Campaign = "",
            ChildCommand = ["false"],
            Reporter = new Silence(),
        }, CancellationToken.None).Completion.GetAwaiter().GetResult();
        if (summary.FirstError is { } error) throw error;
        return summary.Count(StepOutcome.Ran) + summary.Count(StepOutcome.RanUnchanged);
    }

    // What the copies cost without an engine: read, write, hash, rename.
    private static int CopyAll(EngineCase of)
    {
        Directory.CreateDirectory(Path.Combine(of.Folder, "tau"));
        for (int i = 0; i < of.Steps; i++)
        {
            string from = of.IsChain && i > 0 ? Path.Combine(of.Folder, "tau", EngineCase.Name(i - 1)) : of.Input(i),
                to = Path.Combine(of.Folder, "tau", EngineCase.Name(i));
            File.WriteAllBytes(to + ".new", File.ReadAllBytes(from));
            ContentHash.OfFile(to + ".new");
            File.Move(to + ".new", to, overwrite: true);
        }
        return of.Steps;
    }

    private static long Peak() =>
        long.Parse(
            File.ReadLines("/proc/self/status")
                .First(line => line.StartsWith("VmHWM", StringComparison.Ordinal))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
            CultureInfo.InvariantCulture);

    private sealed class Silence : IBuildReporter
    {
        public void Report(BuildEvent happened) { }
    }

    private sealed class Copies(EngineCase of) : IStage
    {
        public string Name => "Copy";

        public string Summary => "copies files";

        public IReadOnlyList<Step> Steps()
        {
            var steps = new Step[of.Steps];
            Artifact? before = null;
            for (int i = 0; i < steps.Length; i++)
            {
                string name = EngineCase.Name(i);
                Artifact from = of.IsChain && before is not null ? before : Artifact.Raw($"in/{name}", new RawSource(of.Input(name)));
                var to = Artifact.Product(name);
                steps[i] = new Step
                {
                    Stage = Name,
                    Key = name,
                    Reads = [new StepInput("from", from)],
                    Writes = [to],
                    Settings = SettingsUsed.None,
                    Work = run => Copy(run, from, to),
                };
                before = to;
            }
            return steps;
        }

        private void Copy(StepRun run, Artifact from, Artifact to)
        {
            using var source = run.Stream<Place>(from);
            using var target = run.Create<Place>(to);
            if (of.Work == "inside") File.WriteAllBytes(target.Path, File.ReadAllBytes(source.Path));
            else if (ProcessRunner.Run(new ProcessRequest("cp", [source.Path, target.Path]), run.Cancellation).ExitCode != 0)
                throw new StepFailed("cp failed");
        }
    }

    private sealed record Place(string Path) : IProductReader<Place>, IProductWriter<Place>
    {
        public static Place Open(ProductInput from) => new(from.Path);

        public static Place Create(ProductOutput to) => new(to.Path);

        public void Dispose() { }
    }
}
