using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Tests.EngineHost;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

public sealed class CrashTests : IDisposable
{
    private readonly BuildBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_crash_at_any_append_or_rename_is_healed_by_the_next_build()
    {
        // From the point of the crash on nothing more reaches the log or a final place: what a kill leaves behind.
        int point = 1;
        for (bool crashed = true; crashed; point++)
        {
            if (Directory.Exists(_bench.Out)) Directory.Delete(_bench.Out, recursive: true);
            _bench.Build(Texts("old one", "old two")).FirstError.ShouldBeNull();
            BuildRequest changed = Texts("new", "and longer");
            crashed = BuildCrashingAt(changed, point);

            BuildSummary healed = _bench.Build(changed);

            healed.FirstError.ShouldBeNull($"after a crash at point {point}");
            _bench.Read("count/all.txt").ShouldBe("newand longer");
            _bench.Read("count/counts.txt").ShouldBe("3 10");
            healed.Steps.SelectMany(step => step.Reasons)
                .ShouldNotContain(reason => (reason.New ?? "").Contains("edited outside", StringComparison.Ordinal));
            _bench.Build(changed).Count(StepOutcome.UpToDate).ShouldBe(3);
            Directory.GetFileSystemEntries(Path.Combine(_bench.Out, ".tau", "attempts")).ShouldBeEmpty();
        }
        point.ShouldBeGreaterThan(25);
    }

    [Fact]
    public void A_log_cut_at_any_byte_of_its_last_records_still_gives_the_right_products()
    {
        BuildRequest request = Texts("one", "two");
        _bench.Build(request);
        string path = Path.Combine(_bench.Out, ".tau", "log");
        byte[] log = File.ReadAllBytes(path);

        for (int cut = log.Length - 1; cut >= Math.Max(0, log.Length - 240); cut--)
        {
            File.WriteAllBytes(path, log[..cut]);
            using (var opened = BuildLog.ReadOnly(new BuildFolder(_bench.Out))) opened.Steps().Count.ShouldBeLessThanOrEqualTo(3);
            _bench.Build(request).FirstError.ShouldBeNull();
            _bench.Read("count/all.txt").ShouldBe("onetwo");
        }

        File.WriteAllBytes(path, log[..^3]);
        _bench.Build(request);
        _bench.Events.OfType<BuildNote>().ShouldContain(note => note.Text.Contains("torn"));
    }

    [Fact]
    public void A_flipped_bit_anywhere_in_the_log_never_gives_a_wrong_product()
    {
        BuildRequest request = Texts("one", "two");
        _bench.Build(request);
        string path = Path.Combine(_bench.Out, ".tau", "log");
        byte[] log = File.ReadAllBytes(path);

        for (int at = 0; at < log.Length; at += 29)
        {
            byte[] flipped = [.. log];
            flipped[at] ^= 0x10;
            File.WriteAllBytes(path, flipped);

            _bench.Build(request).FirstError.ShouldBeNull();

            _bench.Read("count/all.txt").ShouldBe("onetwo");
        }
    }

    [Theory]
    [InlineData(new byte[] { 99, 1, 2, 3 }, true)] // no kind that this version knows
    [InlineData(new byte[] { 1, 255, 255, 0, 0 }, true)] // a file whose name is longer than the record
    [InlineData(new byte[] { 6, 3, 0, 0 }, true)] // a step that ends in the length of its name
    [InlineData(new byte[] { 1, 3, 0, 0, 0, 97, 98, 99, 7 }, false)] // a file of which hardly anything is said: it is read
    [InlineData(new byte[] { 6, 5, 0, 0, 0, 67, 111, 117, 110, 116, 7 }, true)] // a step 'Count' of which hardly anything is said
    public void A_record_that_is_none_though_its_checksum_is_right_is_cut_off_or_passed_over(byte[] record, bool isCut)
    {
        BuildRequest request = Texts("one", "two");
        _bench.Build(request);
        using (var log = new FileStream(Path.Combine(_bench.Out, ".tau", "log"), FileMode.Append))
        {
            log.Write(BitConverter.GetBytes(record.Length));
            log.Write(BitConverter.GetBytes(Crc32C.Of(record)));
            log.Write(record);
        }

        BuildSummary summary = _bench.Build(request);

        summary.FirstError.ShouldBeNull();
        summary.Count(StepOutcome.UpToDate).ShouldBe(3);
        _bench.Events.OfType<BuildNote>().Any(note => note.Text.Contains("torn")).ShouldBe(isCut);
        _bench.Build(request).Count(StepOutcome.UpToDate).ShouldBe(3);
    }

    [Fact]
    public void A_damaged_header_sets_the_log_aside_and_keeps_the_products()
    {
        BuildRequest request = Texts("one", "two");
        _bench.Build(request);
        File.WriteAllText(Path.Combine(_bench.Out, ".tau", "log"), "nonsense that is long enough");

        BuildSummary summary = _bench.Build(request);

        summary.Count(StepOutcome.Ran).ShouldBe(3);
        File.Exists(Path.Combine(_bench.Out, ".tau", "log.corrupt-1")).ShouldBeTrue();
        _bench.Events.OfType<BuildNote>().ShouldContain(note => note.Text.Contains("log.corrupt-1"));
    }

    [Fact]
    public void A_mostly_dead_log_is_compacted_and_knows_as_much_as_before()
    {
        _bench.Build(Texts("one", "two"));
        var folder = new BuildFolder(_bench.Out);
        using (var log = BuildLog.Open(folder, _ => { }))
            for (int i = 0; i < 20_000; i++) log.Append(new FileSeen("count/all.txt", log.File("count/all.txt")!.Value));

        new FileInfo(folder.Log).Length.ShouldBeLessThan(20_000);
        BuildSummary summary = _bench.Build(Texts("one", "two"));

        summary.Count(StepOutcome.UpToDate).ShouldBe(3);
        IReadOnlyList<string> steps = [.. BuildState.Of(_bench.Out).Select(step => step.Id)];
        steps.Count.ShouldBe(3);
        _bench.Build(Texts("one", "three")).Count(StepOutcome.Ran).ShouldBe(2);
        _bench.Build(Texts("one", "three")).Count(StepOutcome.UpToDate).ShouldBe(3);
        BuildState.Of(_bench.Out).Select(step => step.Id).ShouldBe(steps);
    }

    [Fact]
    public void A_host_killed_in_mid_run_is_healed_by_the_next_one() => KillHosts(times: 2);

    [LongFact]
    public void A_host_killed_at_any_moment_is_healed_by_the_next_one() => KillHosts(times: int.MaxValue);

    [Fact]
    public void A_child_left_over_from_a_killed_run_is_ended_and_a_stranger_of_its_number_is_not()
    {
        _bench.Build(Texts("one", "two"));
        int orphan = 0, stranger = 0;
        using ChildProcess left = ChildProcess.Start(
            new ProcessRequest("sleep", ["100"]) { Started = id => orphan = id },
            new ProcessSpawner());
        using ChildProcess other = ChildProcess.Start(
            new ProcessRequest("sleep", ["100"]) { Started = id => stranger = id },
            new ProcessSpawner());
        SpinWait.SpinUntil(() => File.ReadAllText($"/proc/{orphan}/comm").Trim() == "sleep", TimeSpan.FromSeconds(20)).ShouldBeTrue();
        using (var log = BuildLog.Open(new BuildFolder(_bench.Out), _ => { }))
        {
            log.Append(new AttemptStarted("Count", "lost", ProcessMark.Of(orphan)));
            log.Append(new AttemptStarted("Copy/0", "lost too", ProcessMark.Of(stranger) with { StartTicks = 1 }));
        }

        _bench.Build(Texts("one", "two")).Count(StepOutcome.UpToDate).ShouldBe(3);

        left.WaitForExit(TimeSpan.FromSeconds(20), CancellationToken.None).ShouldBeTrue();
        other.WaitForExit(TimeSpan.Zero, CancellationToken.None).ShouldBeFalse();
        other.Stop(TimeSpan.Zero);
        _bench.Events.OfType<BuildNote>().ShouldContain(note => note.Text.Contains($"process group {orphan}"));
    }

    private void KillHosts(int times)
    {
        RawFiles("one", "twenty");
        (int code, string told) = Host();
        code.ShouldBe(0, told);
        // a warning may follow
        int points = told.Split(' ', '\n').Select(word => int.TryParse(word, out int number) ? number : -1).Last(number => number >= 0);
        for (int point = 1; point < points; point += Math.Max(1, points / times))
        {
            Directory.Delete(_bench.Out, recursive: true);

            Host(point).Code.ShouldBe(128 + LibC.Kill);
            Host().Code.ShouldBe(0);

            _bench.Read("sum.txt").ShouldBe("9 in a child");
            Host().Told.ShouldStartWith("ran 0");
        }
    }

    private string RawFiles(params string[] texts)
    {
        string folder = Path.Combine(_bench.Root, "raw");
        Directory.CreateDirectory(folder);
        for (int i = 0; i < texts.Length; i++) File.WriteAllText(Path.Combine(folder, $"{i}.txt"), texts[i]);
        return folder;
    }

    private BuildRequest Texts(params string[] texts) => _bench.Request(ToyCampaign.Compose(RawFiles(texts)), "Count");

    private bool BuildCrashingAt(BuildRequest request, int point)
    {
        int passed = 0;
        BuildRequest crashing = request with
        {
            Passing = _ =>
            {
                if (Interlocked.Increment(ref passed) >= point)
                    throw new InvalidOperationException("crash");
            },
        };
        try { _bench.Build(crashing); }
        catch (InvalidOperationException) { /* crashed while starting */ }
        return passed >= point;
    }

    private (int Code, string Told) Host(int dieAt = 0)
    {
        ProcessOutcome outcome = ProcessRunner.Run(new ProcessRequest("dotnet",
            [typeof(ToyCampaign).Assembly.Location, "run", Path.Combine(_bench.Root, "raw"), _bench.Out, $"{dieAt}"]),
        CancellationToken.None);
        return (outcome.ExitCode, outcome.Output + outcome.Error);
    }
}
