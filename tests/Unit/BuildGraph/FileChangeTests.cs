using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Tests.EngineHost;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>Files that change so that their size and time do not tell, and clocks that do not tell the time.</summary>
public sealed class FileChangeTests : IDisposable
{
    private static readonly TimeSpan UntilSettled = TimeSpan.FromSeconds(2.1);
    private readonly BuildBench _bench = new();

    public void Dispose() => _bench.Dispose();

    // What the log trusts by its stamp alone is only what has not changed for two seconds.
    [Fact]
    public void Edits_that_keep_size_and_time_are_seen_and_new_times_on_the_same_bytes_are_not()
    {
        IStage[] stages =
        [
            new ToyStage(
                "A",
                [
                    .. "edited replaced product touched future past"
                        .Split(' ')
                        .Select(name => _bench.Join("A", name, $"{name}.txt", [_bench.Raw(name, "one")])),
                ]),
        ];
        _bench.Build(stages);
        Thread.Sleep(UntilSettled);
        _bench.Build(stages).Count(StepOutcome.UpToDate).ShouldBe(6);
        Seen("touched").Racy.ShouldBeFalse();

        KeepingTheTime(_bench.RawPath("edited"), path => { using FileStream file = File.OpenWrite(path); file.Write("two"u8); });
        KeepingTheTime(_bench.RawPath("replaced"), path => BuildBench.Replace(path, "two"));
        KeepingTheTime(Path.Combine(_bench.Out, "product.txt"), path =>
        {
            using FileStream file = File.OpenWrite(path);
            file.Write("two"u8);
        });
        File.WriteAllText(_bench.RawPath("touched"), "one");
        File.SetLastWriteTimeUtc(_bench.RawPath("future"), DateTime.UtcNow.AddYears(20));
        File.SetLastWriteTimeUtc(_bench.RawPath("past"), DateTime.UnixEpoch);
        BuildSummary summary = _bench.Build(stages);

        BuildBench.Outcomes(summary)
            .ShouldBe("A/edited:Ran A/replaced:Ran A/product:RanUnchanged A/touched:UpToDate A/future:UpToDate A/past:UpToDate");
        summary.Steps[2].Reasons.ShouldHaveSingleItem().New!.ShouldEndWith("(edited outside)");
        foreach (string name in new[] { "touched", "future", "past" })
            Seen(name).Stamp.ShouldBe(FileStamp.Of(_bench.RawPath(name))!.Value, name);
        _bench.Build(stages).Count(StepOutcome.UpToDate).ShouldBe(6);
    }

    [Fact]
    public void A_change_time_in_the_future_is_never_trusted_and_stops_nobody()
    {
        var stamp = new FileStamp(1, 0, 10_000_000_000_000, 1, 1);

        stamp.IsRacyAt(stamp.Changed - 3_600_000_000_000, FileStamp.CoarsestTick).ShouldBeTrue("the clock was put back an hour");
        stamp.IsRacyAt(stamp.Changed + 1_999_999_999, FileStamp.CoarsestTick).ShouldBeTrue();
        stamp.IsRacyAt(stamp.Changed + 2_000_000_000, FileStamp.CoarsestTick).ShouldBeFalse();
    }

    [FakeClockFact]
    public void A_clock_that_is_put_back_or_forward_between_runs_decides_nothing()
    {
        using var graph = new GraphBench();
        using var clock = new FakeClock();
        graph.Prepare(isBuilt: true);
        (string, string?)[] At(int hours) => [.. clock.Environment(TimeSpan.FromHours(hours))];
        graph.Host().Told.ShouldStartWith("ran 20");

        foreach (int hours in new[] { -1, 1 }) graph.Host(0, At(hours)).Told.ShouldStartWith("ran 0 ", Case.Sensitive, $"{hours} h");
        graph.Prepare(isBuilt: true);
        graph.Host(0, At(-1)).Told.ShouldStartWith("ran 20");
        graph.Host(0, At(-1)).Told.ShouldStartWith("ran 0 ");
        graph.ShouldHeal("builds an hour ago").Count(StepOutcome.UpToDate).ShouldBe(20);
    }

    [Fact]
    public void A_file_more_builds_its_own_step_and_what_gathers_and_a_file_less_leaves_only_an_orphan()
    {
        string raw = Path.Combine(_bench.Root, "raw");
        Directory.CreateDirectory(raw);
        void Write(string name) => File.WriteAllText(Path.Combine(raw, name + ".txt"), name);
        BuildRequest Request() => _bench.Request(ToyCampaign.Compose(raw), "Count");
        Write("a");
        Write("c");
        _bench.Build(Request());

        Write("b");
        BuildSummary more = _bench.Build(Request());
        File.Delete(Path.Combine(raw, "b.txt"));
        BuildSummary less = _bench.Build(Request());

        BuildBench.Outcomes(more).ShouldBe("Copy/a:UpToDate Copy/b:Ran Copy/c:UpToDate Count:Ran");
        BuildBench.Outcomes(less).ShouldBe("Copy/a:UpToDate Copy/c:UpToDate Count:Ran");
        _bench.Read("count/all.txt").ShouldBe("ac");
        File.Exists(Path.Combine(_bench.Out, "copy", "b.txt")).ShouldBeTrue();
        BuildPreview.Of(Request(), CancellationToken.None)
            .SelectMany(step => step.Step.Writes)
            .ShouldNotContain(output => output.Path == "copy/b.txt");
    }

    // To the nanosecond, which DateTime does not know.
    private static void KeepingTheTime(string path, Action<string> edit)
    {
        FileStamp before = FileStamp.Of(path)!.Value;
        Touch(path, path + ".time");
        edit(path);
        Touch(path + ".time", path);
        File.Delete(path + ".time");
        FileStamp after = FileStamp.Of(path)!.Value;
        (after.Size, after.Modified).ShouldBe((before.Size, before.Modified));
    }

    private static void Touch(string like, string path) =>
        ProcessRunner.Run(new ProcessRequest("touch", ["-r", like, path]), CancellationToken.None).ExitCode.ShouldBe(0);

    private SeenContent Seen(string name)
    {
        var folder = new BuildFolder(_bench.Out);
        using var log = BuildLog.ReadOnly(folder);
        return log.File(folder.CacheKey(_bench.RawPath(name)))!.Value;
    }
}
