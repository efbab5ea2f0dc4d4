using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Tests.EngineHost;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>What goes wrong when the work is done: cleaning up, compacting the log, giving the folder back.</summary>
public sealed class RunEndTests : IDisposable
{
    private const int ManyRecords = 20_000; // more than the MiB below which a log is left as it is
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly BuildBench _bench = new();

    public void Dispose() => _bench.Dispose();

    private BuildFolder Folder => new(_bench.Out);

    private IStage[] Stages => [new ToyStage("A", _bench.Join("A", "", "a.txt", [], "text"))];

    [Fact]
    public void A_log_that_cannot_be_compacted_stays_as_it_is()
    {
        BuildUpDeadRecords();
        Directory.CreateDirectory(Folder.Log + ".new");
        long length = new FileInfo(Folder.Log).Length;

        BuildSummary summary = _bench.Build(Stages);

        summary.FirstError.ShouldBeNull();
        new FileInfo(Folder.Log).Length.ShouldBeGreaterThanOrEqualTo(length);
        Directory.Delete(Folder.Log + ".new");
        _bench.Build(Stages).Count(StepOutcome.UpToDate).ShouldBe(1);
        new FileInfo(Folder.Log).Length.ShouldBeLessThan(length);
        _bench.Build(Stages).Count(StepOutcome.UpToDate).ShouldBe(1);
    }

    [MountFact]
    public void A_log_that_no_disk_has_room_to_compact_stays_as_it_is_and_nothing_is_left_beside_it()
    {
        using var disk = new SmallDisk(_bench.Out, "8m");
        BuildUpDeadRecords();
        using (var log = BuildLog.Open(Folder, _ => { }))
        {
            log.Append(new AttemptEnded("nobody"));
            disk.Fill(0);
        }
        disk.Empty();

        File.Exists(Folder.Log + ".new").ShouldBeFalse();
        _bench.Build(Stages).Count(StepOutcome.UpToDate).ShouldBe(1);
    }

    // Nobody renames over a file that something is mounted on.
    [MountFact]
    public void A_log_that_nothing_can_be_put_in_the_place_of_stays_in_use_and_the_run_is_done()
    {
        BuildUpDeadRecords();
        IStage[] more = [.. Stages, new ToyStage("B", _bench.Join("B", "", "b.txt", []))];
        Mount("mount", "--bind", Folder.Log, Folder.Log);
        long length = new FileInfo(Folder.Log).Length;
        try
        {
            BuildSummary summary = _bench.Build(_bench.Request(more, "A", "B"));

            summary.FirstError.ShouldBeNull();
            BuildBench.Outcomes(summary).ShouldBe("A:UpToDate B:Ran");
            new FileInfo(Folder.Log).Length.ShouldBeGreaterThan(length);
            File.Exists(Folder.Log + ".new").ShouldBeFalse();
        }
        finally { Mount("umount", Folder.Log); }
        _bench.Build(_bench.Request(more, "A", "B")).Count(StepOutcome.UpToDate).ShouldBe(2);
        new FileInfo(Folder.Log).Length.ShouldBeLessThan(length);
        _bench.Build(_bench.Request(more, "A", "B")).Count(StepOutcome.UpToDate).ShouldBe(2);
    }

    [Fact]
    public void A_log_whose_successor_vanishes_is_appended_to_as_before()
    {
        BuildUpDeadRecords();
        IEnumerable<LogRecord> Vanishing()
        {
            yield return new AttemptEnded("nobody");
            File.Delete(Folder.Log + ".new");
        }
        int records = 0;

        using (LogFile log = LogFile.Open(Folder.Log, Folder.Reserve, _ => { }, (_, _) => records++))
        {
            LogFile after = log.Replace(Vanishing());
            after.ShouldBeSameAs(log);
            after.Append(new AttemptEnded("somebody"));
        }

        LogFile.Read(Folder.Log, (_, _) => records--)!.Dispose();
        records.ShouldBe(-1);
    }

    [Fact]
    public void A_compacted_log_is_appended_to()
    {
        var ended = new List<string>();
        _bench.Build(Stages).FirstError.ShouldBeNull();
        LogFile log = LogFile.Open(Folder.Log, Folder.Reserve, _ => { }, (_, _) => { });

        using (LogFile after = log.Replace([new AttemptEnded("first"), new AttemptEnded(new string('x', 100_000))]))
        {
            after.ShouldNotBeSameAs(log);
            after.Append(new AttemptEnded("last"));
            LogFile.Read(Folder.Log, (record, _) => ended.Add(((AttemptEnded)LogCode.Decode(record)).Step))!.Dispose();
        }

        ended.ShouldBe(["first", new string('x', 100_000), "last"]);
        File.Exists(Folder.Log + ".new").ShouldBeFalse();
    }

    [Fact]
    public void A_log_that_is_taken_away_fails_the_run_which_still_gives_the_folder_back()
    {
        BuildUpDeadRecords();
        BuildRequest request = _bench.Request([new ToyStage("A", _bench.Join("A", "", "a.txt", [], "other text"))]) with
        {
            Passing = point =>
            {
                if (point != "renamed") return;
                File.Delete(Folder.Log);
                Directory.CreateDirectory(Path.Combine(Folder.Log, "in the way"));
            },
        };

        BuildSummary summary = _bench.Build(request);

        summary.FirstError.ShouldBeOfType<StepFailed>().Text.Title.ShouldBe("the build log: the disk refused");
        Directory.Delete(Folder.Log, recursive: true);
        BuildBench.Outcomes(_bench.Build(_bench.Request(Stages) with { Wait = false })).ShouldBe("A:Ran");
    }

    [Fact]
    public async Task Whatever_breaks_at_the_end_is_in_the_summary()
    {
        var cache = new CacheSettings(Path.Combine(_bench.Root, "cache"), MostBytes: 0);
        using var path = new TooLongPath(Path.Combine(cache.Folder, "cas"));
        BuildRequest request = _bench.Request(Stages) with { Cache = cache, Reporter = new Intolerant() };

        BuildSummary summary = await BuildRun.Start(request, CancellationToken.None).Completion.WaitAsync(Patience);

        summary.FirstError.ShouldBeOfType<Defect>().Message.ShouldContain("no notes, please");
        BuildBench.Outcomes(_bench.Build(_bench.Request(Stages) with { Wait = false })).ShouldBe("A:UpToDate");
    }

    [MountFact]
    public void A_folder_that_cannot_be_removed_hides_no_failure_and_stops_no_second_try()
    {
        SmallDisk? busy = null;
        var output = new Artifact<ToyText>("a.txt");
        var step = new Step
        {
            Stage = "A",
            Reads = [],
            Writes = [output],
            Settings = SettingsUsed.None,
            Needs = new Resources { Retries = 1 },
            Work = run =>
            {
                if (busy is not null) { run.Write(output, new ToyText("done")); return; }
                busy = new SmallDisk(Path.Combine(Attempts().Single(), "busy"), "1m");
                throw new StepFailed("the real failure");
            },
        };

        BuildSummary summary = _bench.Build(new ToyStage("A", step));
        busy!.Dispose();

        BuildBench.Outcomes(summary).ShouldBe("A:Ran");
        _bench.Events.OfType<StepRetried>().ShouldHaveSingleItem().Error.Title.ShouldBe("the real failure");
        _bench.Events.OfType<BuildNote>().ShouldHaveSingleItem().Text.ShouldStartWith("the folder of an attempt could not be removed yet");
        _bench.Build(new ToyStage("A", step)).Count(StepOutcome.UpToDate).ShouldBe(1);
        Attempts().ShouldBeEmpty();
    }

    [MountFact]
    public void A_folder_that_cannot_be_removed_makes_no_failure_of_what_is_done()
    {
        SmallDisk? busy = null;
        Step step = _bench.Custom("A", "a.txt", [], (run, output) =>
        {
            run.Write(output, new ToyText("done"));
            busy = new SmallDisk(Path.Combine(Attempts().Single(), "busy"), "1m");
        });
        IStage[] stages = [new ToyStage("A", step), new ToyStage("B", _bench.Join("B", "", "b.txt", step.Writes))];

        BuildSummary summary = _bench.Build(stages);
        busy!.Dispose();

        BuildBench.Outcomes(summary).ShouldBe("A:Ran B:Ran");
        summary.FirstError.ShouldBeNull();
        _bench.Build(stages).Count(StepOutcome.UpToDate).ShouldBe(2);
        Attempts().ShouldBeEmpty();
    }

    [MountFact]
    public void A_step_whose_scratch_folder_cannot_be_removed_has_run_all_the_same()
    {
        SmallDisk? disk = null; // nobody removes a folder that a disk is mounted on
        IStage[] stages = [new ToyStage("A", _bench.Custom("A", "a.txt", [], (run, to) =>
        {
            disk = new SmallDisk(run.Scratch, "1m");
            run.Write(to, new ToyText("text"));
        }))];
        try
        {
            BuildSummary summary = _bench.Build(stages);

            summary.FirstError.ShouldBeNull();
            summary.Count(StepOutcome.Ran).ShouldBe(1);
            _bench.Events.OfType<BuildNote>().ShouldContain(note => note.Text.Contains("scratch"));
            _bench.Build(stages).Count(StepOutcome.UpToDate).ShouldBe(1);
        }
        finally { disk?.Dispose(); }
    }

    private string[] Attempts() => Directory.GetDirectories(Folder.Attempts);

    private static void Mount(params string[] command) =>
        ProcessRunner.Run(new ProcessRequest(command[0], command[1..]), CancellationToken.None)
            .ExitCode.ShouldBe(0, string.Join(' ', command));

    // A finished build, and then many records of the same file, of which only the last counts.
    private void BuildUpDeadRecords()
    {
        _bench.Build(Stages).FirstError.ShouldBeNull();
        using LogFile log = LogFile.Open(Folder.Log, Folder.Reserve, _ => { }, (_, _) => { });
        FileStamp stamp = FileStamp.Of(Folder.Lock)!.Value;
        for (int i = 0; i < ManyRecords; i++)
            log.Append(new FileSeen("some file", new SeenContent(stamp, ContentHash.Of("some content"), Racy: false)));
        log.Length.ShouldBeGreaterThan(1 << 20);
    }

    private sealed class Intolerant : IBuildReporter
    {
        public void Report(BuildEvent happened)
        {
            if (happened is BuildNote note) throw new InvalidOperationException($"no notes, please: {note.Text}");
        }
    }
}
