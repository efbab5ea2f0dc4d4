using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Tests.EngineHost;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>The short way of a run with nothing to do: taken when nothing has changed, and never when anything has.</summary>
public sealed class StandstillTests : IDisposable
{
    private readonly BuildBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void After_a_run_with_nothing_to_do_the_next_tells_the_same_in_the_same_order()
    {
        BuildRequest request = AtStandstill();
        BuildEvent[] before = [.. _bench.Events];
        Find(request)!.Select(step => step.Id).ShouldBe(["First/a", "First/b", "Folder", "Last"]);

        BuildSummary summary = _bench.Build(request);

        BuildBench.Outcomes(summary).ShouldBe("First/a:UpToDate First/b:UpToDate Folder:UpToDate Last:UpToDate");
        _bench.Events.OfType<StepEnded>().Select(ended => (ended.Step.Id, ended.Outcome)).Order().ShouldBe(before.OfType<StepEnded>().Select(ended => (ended.Step.Id, ended.Outcome)).Order());
        (summary.FirstError, summary.Interrupted).ShouldBe((null, false));
    }

    [Fact]
    public async Task Every_stage_has_finished_and_an_unknown_one_is_a_defect()
    {
        BuildRequest request = AtStandstill();

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
        ["a product that is a folder now"] = (bench => { File.Delete(Path.Combine(bench.Out, "last.txt")); Directory.CreateDirectory(Path.Combine(bench.Out, "last.txt")); }, "Last"),
        ["a product touched"] = (bench => File.SetLastWriteTimeUtc(Path.Combine(bench.Out, "last.txt"), DateTime.UnixEpoch), ""),
        ["a file more in a folder of products"] = (bench => bench.Edit("tree/more.txt", "x"), "Folder"),
        ["a file less in a folder of products"] = (bench => File.Delete(AFile(bench)), "Folder"),
        ["a file edited in a folder of products"] = (bench => File.WriteAllText(AFile(bench), "x"), "Folder"),
        ["a folder of products gone"] = (bench => Directory.Delete(Path.Combine(bench.Out, "tree"), recursive: true), "Folder"),
        ["the log gone"] = (bench => File.Delete(Path.Combine(bench.Out, ".tau", "log")), "First/a First/b Folder Last"),
        ["the log shorter"] = (bench => { using FileStream log = File.OpenWrite(Path.Combine(bench.Out, ".tau", "log")); log.SetLength(log.Length - 1); }, ""),
    };

    [Theory]
    [MemberData(nameof(Disturbances))]
    public void Whatever_changes_on_disk_is_seen(string disturbance)
    {
        BuildRequest request = AtStandstill();
        Disturb[disturbance].Do(_bench);

        Find(request).ShouldBeNull();
        BuildSummary summary = _bench.Build(request);

        summary.FirstError.ShouldBeNull();
        string.Join(' ', summary.Steps.Where(step => step.Outcome is StepOutcome.Ran or StepOutcome.RanUnchanged).Select(step => step.Step.Id)).ShouldBe(Disturb[disturbance].Ran);
    }

    [Theory]
    [InlineData(nameof(Step.Key))]
    [InlineData(nameof(Step.Revision))]
    [InlineData(nameof(Step.Tools))]
    [InlineData(nameof(Step.Settings))]
    [InlineData(nameof(Step.Environment))]
    [InlineData(nameof(Step.CountsRows))]
    [InlineData(nameof(Step.Writes))]
    [InlineData("Writes, as a folder")]
    [InlineData(nameof(Step.Reads))]
    [InlineData(nameof(StepInput.Role))]
    [InlineData(nameof(StepInput.Columns))]
    [InlineData("Artifact.Path")]
    [InlineData("Artifact.Kind")]
    [InlineData(nameof(RawSource.Location))]
    [InlineData(nameof(RawSource.Hash))]
    [InlineData(nameof(RawSource.Size))]
    public void Whatever_is_declared_otherwise_is_seen(string what)
    {
        BuildRequest same = AtStandstill(), other = same with { Stages = Stages(what) };

        Find(same with { Stages = Stages() }).ShouldNotBeNull();
        Find(other).ShouldBeNull();
    }

    [Fact]
    public void Another_seed_code_target_or_stage_is_seen()
    {
        BuildRequest same = AtStandstill();
        var code = new Dictionary<string, ContentHash> { ["Last"] = ContentHash.Of("new") };

        Find(same with { Seed = 8 }).ShouldBeNull();
        Find(same with { Code = code }).ShouldBeNull();
        Find(same with { Targets = ["Last"] }).ShouldBeNull();
        Find(same with { Stages = [.. same.Stages, new ToyStage("More")] }).ShouldBeNull();
        Find(same with { Stages = [.. same.Stages.Reverse()] }).ShouldBeNull();
        Find(same with { Jobs = 2, KeepGoing = true, Memory = 1, Campaign = "other" }).ShouldNotBeNull();
    }

    // Whoever declares something new has to say here whether it may decide a verdict, and then to write it in DeclaredText.
    [Theory]
    [InlineData(typeof(Step), "CountsRows Environment Id Isolated Key Ledger Needs Reads Revision Settings Stage Tools Work Writes")]
    [InlineData(typeof(StepInput), "Artifact Columns Role")]
    [InlineData(typeof(Artifact), "Kind Path Source")]
    [InlineData(typeof(RawSource), "Hash Location Size StatedAt")]
    [InlineData(typeof(BuildRequest), "Cache Campaign ChildCommand Code CodeChanges CommandLine Exclusive Executor Jobs KeepGoing Memory Out Reporter Seed Stages Targets Tokens Wait")]
    public void All_that_can_be_declared_has_been_thought_of(Type type, string known) =>
        string.Join(' ', type.GetProperties().Select(property => property.Name).Order(StringComparer.Ordinal)).ShouldBe(known);

    [Fact]
    public void Any_flipped_bit_in_what_is_kept_and_any_end_of_it_leads_the_long_way()
    {
        BuildRequest request = AtStandstill();
        string kept = new BuildFolder(_bench.Out).Standstill;
        byte[] whole = File.ReadAllBytes(kept);

        for (int i = 0; i < whole.Length; i++)
        {
            byte[] flipped = [.. whole];
            flipped[i] ^= (byte)(1 << (i % 8));
            File.WriteAllBytes(kept, flipped);
            Find(request).ShouldBeNull($"byte {i}");
            File.WriteAllBytes(kept, whole[..i]);
            Find(request).ShouldBeNull($"{i} bytes");
        }

        File.WriteAllBytes(kept, whole);
        Find(request).ShouldNotBeNull();
    }

    [Fact]
    public void Nothing_is_kept_of_files_that_their_stamps_do_not_vouch_for_yet()
    {
        BuildRequest request = _bench.Request(Stages(), "First", "Folder", "Last");
        _bench.Build(request);

        _bench.Build(request).Count(StepOutcome.UpToDate).ShouldBe(4);

        File.Exists(new BuildFolder(_bench.Out).Standstill).ShouldBeFalse();
    }

    [Fact]
    public void Nothing_is_kept_of_released_products_and_of_an_attempt_that_is_still_to_be_swept()
    {
        BuildRequest request = AtStandstill();
        var folder = new BuildFolder(_bench.Out);
        File.Delete(folder.Standstill);
        Directory.CreateDirectory(folder.Attempt("left"));
        using (File.Create(Path.Combine(folder.Attempts, "a file that no sweep removes"))) { }
        _bench.Build(request);
        File.Exists(folder.Standstill).ShouldBeFalse();
        File.Delete(Path.Combine(folder.Attempts, "a file that no sweep removes"));
        _bench.Build(request);
        File.Exists(folder.Standstill).ShouldBeTrue();

        ProductRelease.Run(request, ["Last"], CancellationToken.None).ShouldNotBeEmpty();

        Find(request).ShouldBeNull();
        File.Delete(folder.Standstill);
        _bench.Build(request).Count(StepOutcome.UpToDate).ShouldBe(4);
        File.Exists(folder.Standstill).ShouldBeFalse();
    }

    [Fact]
    public void What_cannot_be_kept_stops_nobody()
    {
        BuildRequest request = AtStandstill();
        var folder = new BuildFolder(_bench.Out);
        File.Delete(folder.Standstill);
        Directory.CreateDirectory(folder.Standstill);

        _bench.Build(request).Count(StepOutcome.UpToDate).ShouldBe(4);

        Directory.GetFiles(folder.Own, "*.new").ShouldBeEmpty();
    }

    [Fact]
    public void The_folder_is_held_meanwhile_and_a_cancelled_run_is_cancelled()
    {
        BuildRequest request = AtStandstill();
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Should.Throw<OperationCanceledException>(() => BuildRun.Start(request, cancelled.Token));
        using (FolderClaim.Take(request, CancellationToken.None)) Should.Throw<StepFailed>(() => BuildRun.Start(request with { Wait = false }, CancellationToken.None));
        Find(request).ShouldNotBeNull();
    }

    // Built, then left alone for longer than a tick, then looked at.
    private BuildRequest AtStandstill()
    {
        BuildRequest request = _bench.Request(Stages(), "First", "Folder", "Last") with { Tick = BuildBench.Tick };
        _bench.Build(request).Count(StepOutcome.Ran).ShouldBe(4);
        Thread.Sleep(2 * BuildBench.Tick);
        _bench.Build(request).Count(StepOutcome.UpToDate).ShouldBe(4);
        return request;
    }

    private static Step[]? Find(BuildRequest request) => Standstill.Find(request, CancellationToken.None);

    private IStage[] Stages(string otherwise = "")
    {
        Step a = _bench.Join("First", "a", "a.txt", [Raw("a")]), b = _bench.Join("First", "b", "b.txt", [Raw("b")]);
        return
        [
            new ToyStage("First", Otherwise(a, otherwise), b),
            new ToyStage("Folder", BuildBench.Tree("Folder", Artifact.Folder("tree"))),
            new ToyStage("Last", _bench.Join("Last", "", "last.txt", [.. a.Writes, .. b.Writes])),
        ];
    }

    private Artifact Raw(string name) => File.Exists(_bench.RawPath(name)) ? Artifact.Raw($"set/{name}", new RawSource(_bench.RawPath(name))) : _bench.Raw(name, name);

    private Step Otherwise(Step step, string what)
    {
        Artifact raw = step.Reads[0].Artifact;
        string location = _bench.RawPath("a");
        StepInput input = what switch
        {
            nameof(StepInput.Role) => new StepInput("other", raw),
            nameof(StepInput.Columns) => new StepInput("in0", raw, "pt"),
            "Artifact.Path" => new StepInput("in0", Artifact.Raw("set/other", raw.Source!)),
            "Artifact.Kind" => new StepInput("in0", Artifact.Lineage(raw.Path)),
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
            Writes = what switch { nameof(Step.Writes) => [Artifact.Product("other.txt")], "Writes, as a folder" => [Artifact.Folder("a.txt")], _ => step.Writes },
            Settings = what == nameof(Step.Settings) ? step.Settings.And("first.more", "1") : step.Settings,
            Work = step.Work,
            Revision = what == nameof(Step.Revision) ? 2 : step.Revision,
            Tools = what == nameof(Step.Tools) ? ["libtoy 2"] : step.Tools,
            Environment = what == nameof(Step.Environment) ? new Dictionary<string, string> { ["THREADS"] = "2" } : step.Environment,
            CountsRows = what == nameof(Step.CountsRows),
        };
    }

    private static string AFile(BuildBench bench) => Directory.GetFiles(Path.Combine(bench.Out, "tree"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
}
