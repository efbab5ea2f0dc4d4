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

    /// <summary>The files of a cache, and whether each contains what its name says. Not as the store lists them: what it leaves out would not be looked at.</summary>
    /// <param name="cache">Its folder.</param>
    /// <param name="isAtRest">Whether nobody works on it: a copy under way, which bears a dot until it is renamed, then counts as damaged.</param>
    public static IReadOnlyList<(string File, bool IsWhole)> LookAt(string cache, bool isAtRest)
    {
        string contents = Path.Combine(cache, "cas");
        return Directory.Exists(contents)
            ? [.. Directory.GetFiles(contents, "*", SearchOption.AllDirectories).Where(file => isAtRest || !Path.GetFileName(file).Contains('.', StringComparison.Ordinal)).Select(file => (file, IsWhole(file, contents)))]
            : [];
    }

    private void Race(int rounds)
    {
        int looked = 0;
        for (int round = 0; round < rounds; round++)
        {
            _graph.WriteRaws($"round {round}");
            string[] outs = [Path.Combine(_graph.Bench.Root, $"left {round}"), Path.Combine(_graph.Bench.Root, $"right {round}")];
            using var stop = new CancellationTokenSource();
            Task<(int Looked, int Damaged)> reader = Task.Run(() => Read(stop.Token));

            BuildSummary[] both;
            try
            {
                both = [.. outs.AsParallel().WithDegreeOfParallelism(2).Select(folder => BuildRun.Start(_graph.Request() with
                {
                    Out = folder,
                    Cache = new CacheSettings(Cache, Restore: round % 2 == 0 ? CacheRestore.Copy : CacheRestore.Link),
                    Jobs = 2,
                }, CancellationToken.None).Completion.Result)];
            }
            finally { stop.Cancel(); }

            both.ShouldAllBe(summary => summary.FirstError == null);
            reader.Result.Damaged.ShouldBe(0, "a file was seen that is not what its name says");
            looked += reader.Result.Looked;
            GraphBench.Products(outs[0]).ShouldBe(GraphBench.Products(outs[1]), ignoreOrder: true);
        }
        looked.ShouldBePositive("nobody looked");
        LookAt(Cache, isAtRest: true).ShouldAllBe(one => one.IsWhole);
        Directory.GetFiles(Path.Combine(Cache, "runs"), "*", SearchOption.AllDirectories).Length.ShouldBe(20 * rounds);
        Directory.Exists(Path.Combine(Cache, "quarantine")).ShouldBeFalse();
    }

    private (int Looked, int Damaged) Read(CancellationToken stop)
    {
        int looked = 0, damaged = 0;
        while (!stop.IsCancellationRequested)
        {
            IReadOnlyList<(string File, bool IsWhole)> seen = LookAt(Cache, isAtRest: false);
            looked += seen.Count;
            damaged += seen.Count(one => !one.IsWhole);
        }
        return (looked, damaged);
    }

    private static bool IsWhole(string file, string contents) => ContentHash.OfFile(file).ToString() == Path.GetRelativePath(contents, file).Replace("/", "", StringComparison.Ordinal);
}
