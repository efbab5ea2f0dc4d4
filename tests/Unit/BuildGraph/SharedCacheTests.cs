using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>Two runs at once that share a cache, in two processes, while somebody reads every file in it.</summary>
public sealed class SharedCacheTests : IDisposable
{
    private readonly GraphBench _graph = new();

    public void Dispose() => _graph.Dispose();

    private string Cache => Path.Combine(_graph.Bench.Root, "cache");

    [Fact]
    public void Two_runs_of_the_same_steps_leave_one_file_of_each_content_and_nobody_ever_sees_a_torn_one() => Race(rounds: 4);

    [LongFact]
    public void The_same_many_times() => Race(rounds: 100);

    [Fact]
    public async Task Two_hosts_on_one_folder_take_turns()
    {
        _graph.Prepare(isBuilt: true);

        (int Code, string Told)[] both = await Task.WhenAll(Task.Run(() => _graph.Host()), Task.Run(() => _graph.Host()));

        both.ShouldAllBe(one => one.Code == 0);
        both.Select(one => one.Told.Split("ran ")[1].Split(' ')[0]).Order(StringComparer.Ordinal).ShouldBe(["0", "20"]);
        _graph.ShouldHeal("two hosts").Count(StepOutcome.UpToDate).ShouldBe(20);
    }

    /// <summary>Files of a cache that do not contain what their names say.</summary>
    public static IReadOnlyList<string> DamagedBlobs(string cache) => [.. new BlobStore(cache).All().Where(file => IsDamaged(file, cache)).Select(file => file.FullName)];

    private void Race(int rounds)
    {
        for (int round = 0; round < rounds; round++)
        {
            _graph.WriteRaws($"round {round}");
            string[] outs = [Path.Combine(_graph.Bench.Root, $"left {round}"), Path.Combine(_graph.Bench.Root, $"right {round}")];
            using var stop = new CancellationTokenSource();
            Task<int> reader = Task.Run(() => Read(stop.Token));

            BuildSummary[] both = [.. outs.AsParallel().WithDegreeOfParallelism(2).Select(folder => BuildRun.Start(_graph.Request() with
            {
                Out = folder,
                Cache = new CacheSettings(Cache, Restore: round % 2 == 0 ? CacheRestore.Copy : CacheRestore.Link),
                Reporter = new Silent(),
                Jobs = 2,
            }, CancellationToken.None).Completion.Result)];
            stop.Cancel();

            both.ShouldAllBe(summary => summary.FirstError == null);
            reader.Result.ShouldBe(0, "a file was seen that is not what its name says");
            GraphBench.Products(outs[0]).ShouldBe(GraphBench.Products(outs[1]), ignoreOrder: true);
        }
        Directory.GetFiles(Path.Combine(Cache, "cas"), "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file).Contains('.', StringComparison.Ordinal)).ShouldBeEmpty("a copy that was not renamed");
        Directory.GetFiles(Path.Combine(Cache, "runs"), "*", SearchOption.AllDirectories).Length.ShouldBe(20 * rounds);
        Directory.Exists(Path.Combine(Cache, "quarantine")).ShouldBeFalse();
    }

    private int Read(CancellationToken stop)
    {
        int damaged = 0;
        while (!stop.IsCancellationRequested) damaged += DamagedBlobs(Cache).Count;
        return damaged;
    }

    private static bool IsDamaged(FileInfo file, string cache) => ContentHash.OfFile(file.FullName).ToString() != Path.GetRelativePath(Path.Combine(cache, "cas"), file.FullName).Replace("/", "", StringComparison.Ordinal);

    private sealed class Silent : IBuildReporter
    {
        public void Report(BuildEvent happened) { }
    }
}
