using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>Records of steps that are left in the file of the log and read again when somebody asks.</summary>
public sealed class LargeRecordTests : IDisposable
{
    private const int Many = 300; // columns: some 12 kB
    private readonly TempFolder _scratch = new();

    private BuildFolder Folder => new(_scratch.Path);

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Only_small_ones_are_kept_and_those_are_copies()
    {
        var place = new LogPlace(8, 2048);
        byte[] lent = new byte[2049];

        KeptStep small = KeptStep.Of(lent.AsMemory(0, 2048), place), large = KeptStep.Of(lent, place);
        lent[0] = 1;

        small.Bytes.Length.ShouldBe(2048);
        small.Bytes.Span[0].ShouldBe((byte)0);
        large.ShouldBe(new KeptStep(default, place));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(Many)]
    public void A_step_is_what_it_was_while_it_is_written_when_it_is_read_and_after_the_log_was_compacted(int columns)
    {
        StepRecord kept = Record("Toy/kept", columns, "1"), made = Record("Toy/made", columns, "2"), again = Record("Toy/kept", columns, "3");
        Directory.CreateDirectory(Folder.Own);
        using (var log = BuildLog.Open(Folder, _ => { }))
        {
            log.Append(new StepKept(kept));
            Check(log, kept);
            log.Append(new AttemptStarted(made.Id, "1", ProcessMark.None));
            log.Append(new AttemptCommitting("1", made));
            log.Step(made.Id).ShouldBeNull();
            log.Append(new AttemptDone(made.Id));
            Check(log, kept, made);
        }
        using (var log = BuildLog.ReadOnly(Folder)) Check(log, kept, made);
        using (var log = BuildLog.Open(Folder, _ => { }))
        {
            Check(log, kept, made);
            log.Append(new AttemptCommitting("2", again));
            log.Append(new AttemptDone(again.Id));
            Check(log, again, made);
            var seen = new SeenContent(new FileStamp(1, 2, 3, 4, 5), ContentHash.Of("x"), Racy: false);
            for (int i = 0; i < 20_000; i++) log.Append(new FileSeen("again and again", seen));
        }
        new FileInfo(Folder.Log).Length.ShouldBeLessThan(100_000);
        using (var log = BuildLog.ReadOnly(Folder)) Check(log, again, made);
    }

    // Half an attempt is brought to its end by the next run, from what the log says of it.
    [Fact]
    public void An_attempt_that_was_about_to_commit_is_whole_behind_other_records()
    {
        StepRecord half = Record("Toy/half", Many, "1"), other = Record("Toy/other", Many, "2");
        Directory.CreateDirectory(Folder.Own);
        using (var log = BuildLog.Open(Folder, _ => { }))
        {
            log.Append(new AttemptCommitting("1", half));
            for (int i = 0; i < 20; i++) log.Append(new StepKept(other));
        }

        using var read = BuildLog.ReadOnly(Folder);

        Same(read.HalfCommitted().ShouldHaveSingleItem().Record, half);
    }

    [Fact]
    public void A_step_whose_record_is_gone_from_the_file_was_never_built()
    {
        StepRecord kept = Record("Toy/kept", Many, "1");
        Directory.CreateDirectory(Folder.Own);
        using (var log = BuildLog.Open(Folder, _ => { })) log.Append(new StepKept(kept));
        using var read = BuildLog.ReadOnly(Folder);
        using (var file = new FileStream(Folder.Log, FileMode.Open)) file.SetLength(100);

        read.Step(kept.Id).ShouldBeNull();
    }

    private static StepRecord Record(string id, int columns, string setting) => new(id, new Fingerprint([new("setting a", setting)]),
        [
            new OutputRecord($"{id}.h5", ArtifactKind.Product, 1, ContentHash.Of(setting),
                [.. Enumerable.Range(0, columns).Select(i => new ColumnContent($"column_{i}", ContentHash.Of($"{setting} {i}")))]),
        ],
        TimeSpan.FromSeconds(1));

    private static void Check(BuildLog log, params StepRecord[] expected)
    {
        foreach (StepRecord step in expected) Same(log.Step(step.Id).ShouldNotBeNull(), step);
        log.Steps().Select(step => step.Id).ShouldBe(expected.Select(step => step.Id));
    }

    private static void Same(StepRecord read, StepRecord expected)
    {
        read.Id.ShouldBe(expected.Id);
        read.Duration.ShouldBe(expected.Duration);
        read.Fingerprint.Hash.ShouldBe(expected.Fingerprint.Hash);
        read.Fingerprint.Text.ToArray().ShouldBe(expected.Fingerprint.Text.ToArray());
        read.MadeTheSameAs(expected).ShouldBeTrue();
    }
}
