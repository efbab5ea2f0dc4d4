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
    private readonly List<Exception> _trouble = [];

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

    [Fact]
    public void A_good_file_that_another_run_put_in_the_place_of_a_damaged_one_stays()
    {
        var blobs = new BlobStore(Cache);
        string product = Path.Combine(_graph.Bench.Root, "product");
        File.WriteAllText(product, "good");
        blobs.Put(product, ContentHash.Of("good"));

        blobs.SetAside(ContentHash.Of("good")); // as by who was given the damaged one before

        LookAt(Cache, isAtRest: true).ShouldHaveSingleItem().IsWhole.ShouldBeTrue();
        blobs.Damaged().ShouldBeEmpty();
    }

    // Some find a file damaged, and each sets it aside and keeps what its step has made instead, as runs do that share a cache.
    [Fact]
    public void However_many_set_a_damaged_file_aside_at_once_the_good_one_comes_into_its_place_and_only_the_damaged_one_is_set_aside()
    {
        var blobs = new BlobStore(Cache);
        string product = Path.Combine(_graph.Bench.Root, "product");
        for (int round = 0; round < 200; round++)
        {
            File.WriteAllText(product, $"good {round}");
            ContentHash hash = ContentHash.Of($"good {round}");
            string place = blobs.Place(hash), damaged = $"damaged {round}";
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            File.WriteAllText(place, damaged);
            using var start = new Barrier(4);

            Thread[] runs = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
            {
                start.SignalAndWait();
                try
                {
                    blobs.SetAside(hash);
                    blobs.Put(product, hash);
                }
                catch (Exception problem) { lock (_trouble) _trouble.Add(problem); }
            }))];
            foreach (Thread run in runs) run.Start();
            foreach (Thread run in runs) run.Join();

            _trouble.ShouldBeEmpty();
            File.ReadAllText(place).ShouldBe($"good {round}");
            File.ReadAllText(blobs.Damaged().Single(file => file.Name == $"{hash}").FullName).ShouldBe(damaged);
        }
        blobs.Damaged().Count().ShouldBe(200);
        blobs.Unfinished().ShouldBeEmpty();
    }

    /// <summary>
    /// The files of a cache, and whether each contains what its name says. Not as the store lists them: what it leaves out would not be
    /// looked at.
    /// </summary>
    /// <param name="cache">Its folder.</param>
    /// <param name="isAtRest">Whether nobody works on it: a copy under way, which bears a dot until it is renamed, then counts as
    /// damaged.</param>
    public static IReadOnlyList<(string File, bool IsWhole)> LookAt(string cache, bool isAtRest)
    {
        string contents = Path.Combine(cache, "cas");
        return Directory.Exists(contents)
            ?
            [
                .. Directory.GetFiles(contents, "*", SearchOption.AllDirectories)
                    .Where(file => isAtRest || !Path.GetFileName(file).Contains('.', StringComparison.Ordinal))
                    .Select(file => (file, IsWhole(file, contents))),
            ]
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

    private static bool IsWhole(string file, string contents) =>
        ContentHash.OfFile(file).ToString() == Path.GetRelativePath(contents, file).Replace("/", "", StringComparison.Ordinal);
}
