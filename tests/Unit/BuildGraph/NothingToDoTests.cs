using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Tests.EngineHost;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>
/// A run over a folder that has been left alone: it does nothing when nothing has changed, and what must be when anything has.
/// </summary>
public sealed class NothingToDoTests : IDisposable
{
    private readonly BuildBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_run_with_nothing_to_do_tells_the_same_as_the_one_before()
    {
        BuildRequest request = LeftAlone();
        BuildEvent[] before = [.. _bench.Events];

        BuildSummary summary = _bench.Build(request);

        BuildBench.Outcomes(summary).ShouldBe("First/a:UpToDate First/b:UpToDate Folder:UpToDate Last:UpToDate");
        Ended(_bench.Events).ShouldBe(Ended(before));
        (summary.FirstError, summary.Interrupted).ShouldBe((null, false));

        static IEnumerable<(string, StepOutcome)> Ended(IEnumerable<BuildEvent> events) =>
            events.OfType<StepEnded>().Select(ended => (ended.Step.Id, ended.Outcome)).Order();
    }

    [Fact]
    public async Task Every_stage_has_finished_and_an_unknown_one_is_a_defect()
    {
        BuildRequest request = LeftAlone();

        BuildRun run = BuildRun.Start(request, CancellationToken.None);

        foreach (IStage stage in request.Stages) await run.Finished(stage.Name);
        Should.Throw<Defect>(() => run.Finished("Lst"));
        (await run.Completion).Count(StepOutcome.UpToDate).ShouldBe(4);
    }

    public static TheoryData<string> Disturbances => [.. Disturb.Keys];

    private static readonly Dictionary<string, (Action<BuildBench> Do, string Ran)> Disturb = new(StringComparer.Ordinal)
    {
        ["a raw file edited"] = (bench => File.WriteAllText(bench.RawPath("a"), "A"), "First/a Last"),
        ["a raw file replaced"] = (bench => BuildBench.Replace(bench.RawPath("b"), "B"), "First/b Last"),
        ["a raw file touched"] = (bench => File.SetLastWriteTimeUtc(bench.RawPath("a"), DateTime.UnixEpoch), ""),
        ["a raw file gone"] = (bench => File.Delete(bench.RawPath("a")), ""),
        ["a product edited"] = (bench => bench.Edit("a.txt", "x"), "First/a"),
        ["a product replaced"] = (bench => BuildBench.Replace(Path.Combine(bench.Out, "last.txt"), "x"), "Last"),
        ["a product deleted"] = (bench => File.Delete(Path.Combine(bench.Out, "b.txt")), "First/b"),
        ["a product that is a folder now"] = (
            bench =>
            {
                File.Delete(Path.Combine(bench.Out, "last.txt"));
                Directory.CreateDirectory(Path.Combine(bench.Out, "last.txt"));
            },
            "Last"),
        ["a product touched"] = (bench => File.SetLastWriteTimeUtc(Path.Combine(bench.Out, "last.txt"), DateTime.UnixEpoch), ""),
        ["a file more in a folder of products"] = (bench => bench.Edit("tree/more.txt", "x"), "Folder"),
        ["a file less in a folder of products"] = (bench => File.Delete(AFile(bench)), "Folder"),
        ["a file edited in a folder of products"] = (bench => File.WriteAllText(AFile(bench), "x"), "Folder"),
        ["a folder of products gone"] = (bench => Directory.Delete(Path.Combine(bench.Out, "tree"), recursive: true), "Folder"),
        ["the log gone"] = (bench => File.Delete(Path.Combine(bench.Out, ".tau", "log")), "First/a First/b Folder Last"),
        ["the log shorter"] = (
            bench =>
            {
                using FileStream log = File.OpenWrite(Path.Combine(bench.Out, ".tau", "log"));
                log.SetLength(log.Length - 1);
            },
            ""),
    };

    [Theory]
    [MemberData(nameof(Disturbances))]
    public void Whatever_changes_on_disk_is_seen(string disturbance)
    {
        BuildRequest request = LeftAlone();
        Disturb[disturbance].Do(_bench);

        BuildSummary summary = _bench.Build(request);

        summary.FirstError.ShouldBeNull();
        Ran(summary).ShouldBe(Disturb[disturbance].Ran);
    }

    [Theory]
    [InlineData(nameof(Step.Key), "First/other")]
    [InlineData(nameof(Step.Revision), "First/a")]
    [InlineData(nameof(Step.Tools), "First/a")]
    [InlineData(nameof(Step.Settings), "First/a")]
    [InlineData(nameof(Step.Environment), "First/a")]
    [InlineData(nameof(Step.CountsRows), "First/a")]
    [InlineData(nameof(Step.Writes), "First/a")]
    [InlineData("Writes, as a folder", "First/a")]
    [InlineData(nameof(Step.Reads), "First/a")]
    [InlineData(nameof(StepInput.Role), "First/a")]
    [InlineData(nameof(StepInput.Columns), "")] // a file without columns is seen whole, whichever are named
    [InlineData("Artifact.Path", "First/a")]
    [InlineData(nameof(RawSource.Location), "First/a Last")]
    [InlineData(nameof(RawSource.Hash), "")]
    [InlineData(nameof(RawSource.Size), "")]
    public void Whatever_is_declared_otherwise_is_seen(string what, string begun)
    {
        BuildRequest same = LeftAlone();

        BuildSummary summary = _bench.Build(same with { Stages = Stages(what) });

        // some of them in vain, for their work is not declared otherwise
        Those(summary, StepOutcome.Ran, StepOutcome.RanUnchanged, StepOutcome.Failed).ShouldBe(begun);
    }

    [Fact]
    public void Another_seed_code_target_or_stage_is_seen()
    {
        BuildRequest same = LeftAlone();
        var code = new Dictionary<string, ContentHash> { ["Last"] = ContentHash.Of("new") };

        Ran(_bench.Build(same with { Jobs = 2, KeepGoing = true, Memory = 1 << 30, Campaign = "other" })).ShouldBe("");
        _bench.Build(same with { Targets = ["Folder"] }).Steps.Select(step => step.Step.Id).ShouldBe(["Folder"]);
        Ran(
                _bench.Build(
                    same with
                    {
                        Stages = [.. same.Stages, new ToyStage("More", _bench.Join("More", "", "more.txt", [_bench.Raw("a", "a")]))],
                        Targets = ["Last", "More"],
                    }))
            .ShouldBe("More");
        Ran(_bench.Build(same with { Stages = [.. same.Stages.Reverse()] })).ShouldBe("");
        Ran(_bench.Build(same with { Code = code })).ShouldBe("Last");
        Ran(_bench.Build(same with { Code = code, Seed = 8 })).ShouldBe(""); // nobody has drawn a random number
    }

    [Fact]
    public void Released_products_are_no_reason_to_work()
    {
        BuildRequest request = LeftAlone();

        ProductRelease.Run(request, ["Last"], CancellationToken.None).ShouldNotBeEmpty();

        _bench.Build(request).Count(StepOutcome.UpToDate).ShouldBe(4);
        File.Exists(Path.Combine(_bench.Out, "a.txt")).ShouldBeFalse();
    }

    [Fact]
    public void The_folder_is_held_meanwhile_and_a_cancelled_run_is_cancelled()
    {
        BuildRequest request = LeftAlone();
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        _bench.Build(request, cancelled.Token).Interrupted.ShouldBeTrue();
        using (FolderClaim.Take(request, CancellationToken.None))
            Should.Throw<StepFailed>(() => BuildRun.Start(request with { Wait = false }, CancellationToken.None));
        _bench.Build(request).Count(StepOutcome.UpToDate).ShouldBe(4);
    }

    // Built, then left alone for longer than a tick, then looked at.
    private BuildRequest LeftAlone()
    {
        BuildRequest request = _bench.Request(Stages(), "First", "Folder", "Last") with { Tick = BuildBench.Tick };
        _bench.Build(request).Count(StepOutcome.Ran).ShouldBe(4);
        Thread.Sleep(2 * BuildBench.Tick);
        _bench.Build(request).Count(StepOutcome.UpToDate).ShouldBe(4);
        return request;
    }

    private static string Ran(BuildSummary summary) => Those(summary, StepOutcome.Ran, StepOutcome.RanUnchanged);

    private static string Those(BuildSummary summary, params StepOutcome[] outcomes) =>
        string.Join(
            ' ',
            summary.Steps.Where(step => outcomes.Contains(step.Outcome)).Select(step => step.Step.Id).Order(StringComparer.Ordinal));

    private IStage[] Stages(string otherwise = "")
    {
        Step a = Otherwise(_bench.Join("First", "a", "a.txt", [Raw("a")]), otherwise), b = _bench.Join("First", "b", "b.txt", [Raw("b")]);
        return
        [
            new ToyStage("First", a, b),
            new ToyStage("Folder", BuildBench.Tree("Folder", Artifact.Folder("tree"))),
            new ToyStage("Last", _bench.Join("Last", "", "last.txt", [.. a.Writes, .. b.Writes])),
        ];
    }

    private Artifact Raw(string name) =>
        File.Exists(_bench.RawPath(name)) ? Artifact.Raw($"set/{name}", new RawSource(_bench.RawPath(name))) : _bench.Raw(name, name);

    private Step Otherwise(Step step, string what)
    {
        Artifact raw = step.Reads[0].Artifact;
        string location = _bench.RawPath("a");
        StepInput input = what switch
        {
            nameof(StepInput.Role) => new StepInput("other", raw),
            nameof(StepInput.Columns) => new StepInput("in0", raw, "pt"),
            "Artifact.Path" => new StepInput("in0", Artifact.Raw("set/other", raw.Source!)),
            nameof(RawSource.Location) => new StepInput("in0", Artifact.Raw(raw.Path, new RawSource(_bench.RawPath("b")))),
            nameof(RawSource.Hash) => new StepInput("in0", Artifact.Raw(raw.Path, new RawSource(location, ContentHash.Of("a")))),
            nameof(RawSource.Size) => new StepInput("in0", Artifact.Raw(raw.Path, new RawSource(location, Size: 1))),
            _ => step.Reads[0],
        };
        return new Step
        {
            Stage = step.Stage,
            Key = what == nameof(Step.Key) ? "other" : step.Key,
            Reads = what == nameof(Step.Reads) ? [] : [input],
            Writes = what switch
            {
                nameof(Step.Writes) => [Artifact.Product("other.txt")],
                "Writes, as a folder" => [Artifact.Folder("a.txt")],
                _ => step.Writes,
            },
            Settings = what == nameof(Step.Settings) ? step.Settings.And("first.more", "1") : step.Settings,
            Work = step.Work,
            Revision = what == nameof(Step.Revision) ? 2 : step.Revision,
            Tools = what == nameof(Step.Tools) ? ["libtoy 2"] : step.Tools,
            Environment = what == nameof(Step.Environment) ? new Dictionary<string, string> { ["THREADS"] = "2" } : step.Environment,
            CountsRows = what == nameof(Step.CountsRows),
        };
    }

    private static string AFile(BuildBench bench) =>
        Directory.GetFiles(Path.Combine(bench.Out, "tree"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
}
