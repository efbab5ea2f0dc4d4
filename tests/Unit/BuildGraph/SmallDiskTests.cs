using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Tests.EngineHost;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>Disks that are full or may not be written, of the output folder and of the cache.</summary>
public sealed class SmallDiskTests : IDisposable
{
    private const int MostPages = 48;
    private readonly GraphBench _graph = new();

    public void Dispose() => _graph.Dispose();

    private string Cache => Path.Combine(_graph.Bench.Root, "cache");

    // From no room at all to enough: somewhere in between it runs out in the lock, in the reserve, in an attempt, in the
    // folder of a rename, and in each record of the log.
    [MountFact]
    public void Wherever_the_disk_gets_full_old_products_or_whole_new_ones_stand_and_room_heals()
    {
        Directory.CreateDirectory(_graph.Bench.Out);
        int failed = 0;
        for (int pages = 0; pages < MostPages; pages++)
        {
            using var disk = new SmallDisk(_graph.Bench.Out, "1m");
            if (pages % 2 == 1) BuildOld();
            IReadOnlyDictionary<string, string> old = GraphBench.Products(_graph.Bench.Out);
            disk.Fill(pages);

            PipelineException? error = Try(_graph.Request());
            disk.Empty();

            if (error is not null)
            {
                failed++;
                error.ShouldNotBeOfType<Defect>($"{pages} pages left");
                error.Message.ShouldContain("No space left on device");
            }
            // What is there is of the old build or of the new one, never half of either.
            Dictionary<string, string> left = GraphBench.Products(_graph.Bench.Out).Where(file => !old.Contains(file)).ToDictionary();
            _graph.ShouldHeal($"a full disk with {pages} pages left");
            left.ShouldBeSubsetOf(GraphBench.Products(_graph.Bench.Out));
        }
        failed.ShouldBeInRange(MostPages / 4, MostPages - 1);
    }

    // A record with a name longer than a page needs a new one, and there is none left, not even for the reserve.
    [MountFact]
    public void Why_a_step_failed_is_told_even_if_the_log_cannot_take_that_it_has_ended()
    {
        using var disk = new SmallDisk(_graph.Bench.Out, "1m");
        bool isFull = true;
        Step step = _graph.Bench.Custom("A", "a.txt", [], (run, output) =>
        {
            if (!isFull) { run.Write(output, new ToyText("done")); return; }
            File.Delete(new BuildFolder(_graph.Bench.Out).Reserve);
            disk.Fill(0);
            throw new StepFailed("the real failure");
        }, key: string.Join('/', Enumerable.Repeat(new string('k', 200), 30)));
        IStage[] stages = [new ToyStage("A", step)];

        BuildSummary failed = _graph.Bench.Build(stages);

        failed.FirstError.ShouldBeOfType<StepFailed>().Text.Title.ShouldBe("the real failure");
        string note = _graph.Bench.Events.OfType<BuildNote>().ShouldHaveSingleItem().Text;
        note.ShouldStartWith($"the build log could not take that an attempt at {step.Id} has ended: No space left on device");
        disk.Empty();
        isFull = false;
        _graph.Bench.Build(stages).Steps.Single().Reasons.ShouldHaveSingleItem().Component.ShouldBe("last attempt");
        _graph.Bench.Build(stages).Count(StepOutcome.UpToDate).ShouldBe(1);
        Directory.GetFileSystemEntries(new BuildFolder(_graph.Bench.Out).Attempts).ShouldBeEmpty();
    }

    [MountFact]
    public void What_a_failed_step_wrote_makes_room_for_the_log()
    {
        using var disk = new SmallDisk(_graph.Bench.Out, "1m");
        Step step = _graph.Bench.Custom("A", "a.txt", [], (run, output) =>
        {
            run.Write(output, new ToyText(new string('t', 100_000)));
            File.Delete(new BuildFolder(_graph.Bench.Out).Reserve);
            disk.Fill(0);
            throw new StepFailed("the real failure");
        }, key: string.Join('/', Enumerable.Repeat(new string('k', 200), 30)));

        BuildSummary failed = _graph.Bench.Build(new ToyStage("A", step));

        failed.FirstError.ShouldBeOfType<StepFailed>().Text.Title.ShouldBe("the real failure");
        _graph.Bench.Events.OfType<BuildNote>().ShouldBeEmpty();
        using var log = BuildLog.ReadOnly(new BuildFolder(_graph.Bench.Out));
        log.WasInterrupted(step.Id).ShouldBeFalse();
    }

    [MountFact]
    public void A_full_cache_is_a_note_and_holds_no_torn_file()
    {
        using var disk = new SmallDisk(Cache, "1m");
        int kept = 0;
        for (int pages = 0; pages < 24; pages += 3)
        {
            disk.Fill(pages);
            _graph.Prepare(isBuilt: false);
            _graph.Bench.Build(_graph.Request() with { Cache = new CacheSettings(Cache) }).FirstError.ShouldBeNull();

            _graph.Bench.Events.OfType<BuildNote>()
                .ShouldHaveSingleItem()
                .Text.ShouldStartWith("the run cache is left out from here on: No space left on device");
            _graph.ShouldBeUndisturbed(_graph.Bench.Out, $"a cache with {pages} pages left");
            IReadOnlyList<(string File, bool IsWhole)> left = SharedCacheTests.LookAt(Cache, isAtRest: true);
            left.ShouldAllBe(one => one.IsWhole);
            kept += left.Count;
            string claims = Path.Combine(Cache, "runs");
            if (Directory.Exists(claims))
                Directory.GetFiles(claims, "*", SearchOption.AllDirectories)
                    .ShouldAllBe(claim => CachedResult.Read(claim) != null, "a claim that is only half there");
            disk.Empty();
            foreach (string folder in Directory.GetDirectories(Cache)) Directory.Delete(folder, recursive: true);
        }
        kept.ShouldBePositive("no file was ever taken, torn or whole");
    }

    [MountFact]
    public void A_cache_that_may_only_be_read_gives_what_it_has_and_a_note_when_it_is_to_take()
    {
        using var disk = new SmallDisk(Cache, "4m");
        BuildRequest cached = _graph.Request() with { Cache = new CacheSettings(Cache) };
        _graph.Bench.Build(cached with { Out = _graph.Bench.Out + "-first" });
        disk.Remount("ro");

        _graph.Bench.Build(cached).Count(StepOutcome.Restored).ShouldBe(20);

        _graph.Bench.Events.OfType<BuildNote>().ShouldBeEmpty();
        _graph.ShouldBeUndisturbed(_graph.Bench.Out, "a restore from a read-only cache");
        Step more = _graph.Bench.Join("More", "", "more.txt", []);
        _graph.Bench.Build(cached with { Stages = [.. cached.Stages, new ToyStage("More", more)], Targets = ["More"] })
            .FirstError.ShouldBeNull();
        _graph.Bench.Events.OfType<BuildNote>().ShouldHaveSingleItem().Text.ShouldStartWith("the run cache is left out from here on");
    }

    [MountFact]
    public void On_a_folder_that_may_only_be_read_a_run_is_misuse_and_looking_is_not()
    {
        using var disk = new SmallDisk(_graph.Bench.Out, "4m");
        BuildOld();
        IReadOnlyList<string> before = Tree(_graph.Bench.Out);
        disk.Remount("ro");

        Should.Throw<Misuse>(() => _graph.Bench.Build(_graph.Request())).Text.Title.ShouldBe("the output folder cannot be written");
        BuildPreview.Of(_graph.Request(), CancellationToken.None).Count(step => step.Forecast == StepForecast.WouldRun).ShouldBe(6);
        BuildState.Of(_graph.Bench.Out).Count.ShouldBe(20);

        Tree(_graph.Bench.Out).ShouldBe(before);
        disk.Remount("rw");
        _graph.ShouldHeal("a read-only folder");
    }

    [Fact]
    public void A_cache_that_vanishes_in_mid_run_stops_nobody()
    {
        _graph.Prepare(isBuilt: false);
        BuildRequest cached = _graph.Request() with
        {
            Cache = new CacheSettings(Cache),
            Passing = point =>
            {
                if (point.StartsWith("worked Mix", StringComparison.Ordinal) && Directory.Exists(Cache))
                    Directory.Delete(Cache, recursive: true);
            },
        };

        _graph.Bench.Build(cached).FirstError.ShouldBeNull();

        _graph.ShouldHeal("a cache that vanished").Count(StepOutcome.UpToDate).ShouldBe(20);
    }

    private void BuildOld()
    {
        _graph.WriteRaws("old");
        _graph.Bench.Build(_graph.Request()).FirstError.ShouldBeNull();
        _graph.WriteRaws("new");
    }

    private PipelineException? Try(BuildRequest request)
    {
        try { return _graph.Bench.Build(request).FirstError; }
        catch (PipelineException refused) { return refused; }
    }

    private static IReadOnlyList<string> Tree(string folder) =>
        [
            .. Directory.GetFileSystemEntries(folder, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(entry => $"{entry} {File.GetLastWriteTimeUtc(entry).Ticks}"),
        ];
}
