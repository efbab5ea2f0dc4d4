using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Tests.EngineHost;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

public sealed class RawFileTests : IDisposable
{
    private readonly BuildBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Another_file_than_the_one_stated_is_misuse_before_anything_runs()
    {
        Artifact good = _bench.Raw("good", "g"), bad = _bench.Raw("bad", "b", ContentHash.Of("stated"));

        Misuse misuse = Should.Throw<Misuse>(() =>
            _bench.Build(new ToyStage("A", _bench.Join("A", "1", "1.txt", [good]), _bench.Join("A", "2", "2.txt", [bad]))));

        misuse.Text.Title.ShouldBe("'set/bad' is not the file that was stated");
        misuse.Text.Facts.ShouldBe(
        [
            ("expected", $"sha256 {ContentHash.Of("stated")}"), ("found", $"sha256 {ContentHash.Of("b")}, 1 bytes"),
            ("at", _bench.RawPath("bad")), ("stated at", "manifest.yaml:3"),
        ]);
        _bench.Worked.ShouldBeEmpty();
    }

    [Fact]
    public void Missing_files_are_misuse_and_all_are_named()
    {
        Artifact first = _bench.Raw("first", ""), second = _bench.Raw("second", "");
        File.Delete(_bench.RawPath("first"));
        File.Delete(_bench.RawPath("second"));

        Misuse misuse = Should.Throw<Misuse>(() => _bench.Build(new ToyStage("A", _bench.Join("A", "", "a.txt", [first, second]))));

        misuse.Message.ShouldContain("the raw file of set/first is missing");
        misuse.Message.ShouldContain(_bench.RawPath("second"));
    }

    [Fact]
    public void A_file_that_changes_while_its_reader_works_is_not_committed()
    {
        Artifact raw = _bench.Raw("x", "before");
        Step step = _bench.Custom("A", "a.txt", [new StepInput("in", raw)], (run, output) =>
        {
            run.Write(output, new ToyText(run.Stream<ToyReader>(raw).Text));
            File.WriteAllText(_bench.RawPath("x"), "after!");
        });

        BuildSummary summary = _bench.Build(new ToyStage("A", step));

        summary.FirstError.ShouldBeOfType<StepFailed>().Text.Title.ShouldBe("A: set/x changed while the step was running");
        File.Exists(Path.Combine(_bench.Out, "a.txt")).ShouldBeFalse();
    }

    [Fact]
    public void A_change_within_one_clock_tick_is_never_missed()
    {
        // Same size, rewritten in place (same inode) as fast as we can: only the rule for racy stamps can see it.
        var folder = new BuildFolder(_bench.Out);
        using var log = BuildLog.ReadOnly(folder);
        var contents = new Contents(folder, log, FileStamp.CoarsestTick);
        string path = _bench.RawPath("racy");
        for (int i = 0; i < 10_000; i++)
        {
            using (FileStream file = File.Open(path, FileMode.OpenOrCreate)) file.Write(BitConverter.GetBytes(i));

            contents.OfFile(path)!.Value.Hash.ShouldBe(ContentHash.Of(BitConverter.GetBytes(i)));
        }
    }

    [Fact]
    public void A_settled_file_is_not_read_again()
    {
        var folder = new BuildFolder(_bench.Out);
        using var log = BuildLog.ReadOnly(folder);
        _bench.Raw("x", "text");
        var trusted = new FileSeen(
            folder.CacheKey(_bench.RawPath("x")),
            new SeenContent(FileStamp.Of(_bench.RawPath("x"))!.Value, ContentHash.Of("what the cache says"), Racy: false));

        log.Append(trusted);

        new Contents(folder, log, FileStamp.CoarsestTick).OfFile(_bench.RawPath("x"))!.Value.Hash.ShouldBe(trusted.Seen.Hash);
    }

    [Fact]
    public void A_file_replaced_by_another_of_the_same_size_and_time_is_seen()
    {
        IStage[] stages = [new ToyStage("A", _bench.Join("A", "", "a.txt", [_bench.Raw("x", "one")]))];
        _bench.Build(stages);
        DateTime time = File.GetLastWriteTimeUtc(_bench.RawPath("x"));
        File.WriteAllText(_bench.RawPath("y"), "two");
        File.SetLastWriteTimeUtc(_bench.RawPath("y"), time);
        File.Move(_bench.RawPath("y"), _bench.RawPath("x"), overwrite: true);

        _bench.Build(stages);

        _bench.Read("a.txt").ShouldBe("two");
    }
}
