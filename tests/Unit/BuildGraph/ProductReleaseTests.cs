using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Tests.EngineHost;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>What is only on the way may be deleted; so may raw files that nobody has to read again.</summary>
public sealed class ProductReleaseTests : IDisposable
{
    private readonly BuildBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Deleted_intermediates_make_nothing_stale()
    {
        IStage[] stages = Chain();
        _bench.Build(stages);

        ProductRelease.Run(_bench.Request(stages), ["Last"], CancellationToken.None)
            .Select(product => product.Path)
            .ShouldBe(["first.txt", "middle.txt"]);

        File.Exists(Path.Combine(_bench.Out, "middle.txt")).ShouldBeFalse();
        BuildBench.Outcomes(_bench.Build(stages)).ShouldBe("First:UpToDate Middle:UpToDate Last:UpToDate");
        BuildPreview.Of(_bench.Request(stages), CancellationToken.None).ShouldAllBe(step => step.Forecast == StepForecast.UpToDate);
        BuildState.Of(_bench.Out)
            .SelectMany(step => step.Products)
            .Where(product => product.IsReleased)
            .Select(product => product.Path)
            .ShouldBe(["first.txt", "middle.txt"]);
    }

    [Fact]
    public void They_are_made_again_when_something_must_read_them_and_only_then()
    {
        _bench.Build(Chain());
        ProductRelease.Run(_bench.Request(Chain()), ["Last"], CancellationToken.None);

        BuildSummary summary = _bench.Build(Chain(last: "["));

        BuildBench.Outcomes(summary).ShouldBe("First:RanUnchanged Middle:RanUnchanged Last:Ran");
        summary.Steps[1].Reasons.ShouldBe([new StaleReason("output middle.txt", "deleted on purpose", "needed again by Last")]);
        _bench.Read("last.txt").ShouldBe("[-(one");
        BuildBench.Outcomes(_bench.Build(Chain(last: "["))).ShouldBe("First:UpToDate Middle:UpToDate Last:UpToDate");
    }

    [Fact]
    public void A_dry_run_foresees_what_must_be_made_again()
    {
        _bench.Build(Chain());
        ProductRelease.Run(_bench.Request(Chain()), ["Last", "Middle"], CancellationToken.None);

        BuildPreview.Of(_bench.Request(Chain(last: "[")), CancellationToken.None)
            .Select(step => step.Forecast)
            .ShouldBe([StepForecast.UpToDate, StepForecast.UpToDate, StepForecast.WouldRun]);
        BuildPreview.Of(_bench.Request(Chain(middle: "+")), CancellationToken.None)
            .Select(step => step.Forecast)
            .ShouldBe([StepForecast.WouldRun, StepForecast.WouldRun, StepForecast.MayRun]);
    }

    [Fact]
    public void Nothing_is_deleted_while_something_is_stale()
    {
        _bench.Build(Chain());

        Should.Throw<StepFailed>(() => ProductRelease.Run(_bench.Request(Chain(last: "[")), ["Last"], CancellationToken.None))
            .Message.ShouldContain("Last");

        File.Exists(Path.Combine(_bench.Out, "middle.txt")).ShouldBeTrue();
    }

    [Fact]
    public void A_product_that_is_lost_and_not_released_is_still_rebuilt()
    {
        _bench.Build(Chain());
        File.Delete(Path.Combine(_bench.Out, "middle.txt"));

        BuildBench.Outcomes(_bench.Build(Chain())).ShouldBe("First:UpToDate Middle:RanUnchanged Last:CutOff");
    }

    [Fact]
    public void A_raw_file_may_go_once_what_reads_it_is_done()
    {
        _bench.Build(Chain());
        File.Delete(_bench.RawPath("raw"));

        BuildSummary summary = _bench.Build(Chain(writeRaw: false));

        BuildBench.Outcomes(summary).ShouldBe("First:UpToDate Middle:UpToDate Last:UpToDate");
        _bench.Events.OfType<BuildNote>()
            .ShouldContain(note => note.Text.StartsWith("1 raw file is no longer there", StringComparison.Ordinal));
    }

    [Fact]
    public void A_raw_file_that_is_gone_and_must_be_read_again_is_missing()
    {
        _bench.Build(Chain());
        File.Delete(_bench.RawPath("raw"));

        BuildSummary summary = _bench.Build(Chain(first: "{", writeRaw: false));

        summary.FirstError.ShouldBeOfType<Misuse>().Text.Title.ShouldBe("the raw file of set/raw is missing");
        _bench.Read("last.txt").ShouldBe("<-(one");
    }

    [Fact]
    public void Looking_at_a_stale_step_whose_raw_file_is_gone_names_it_as_stale()
    {
        _bench.Build(Chain());
        File.Delete(_bench.RawPath("raw"));
        BuildRequest request = _bench.Request(Chain(first: "{", writeRaw: false));

        BuildPreview.Of(request, CancellationToken.None)
            .Select(step => step.Forecast)
            .ShouldBe([StepForecast.WouldRun, StepForecast.MayRun, StepForecast.MayRun]);
        Should.Throw<StepFailed>(() => ProductRelease.Run(request, ["Last"], CancellationToken.None)).Message.ShouldContain("First");
    }

    [Fact]
    public void A_raw_file_that_is_gone_fails_its_own_step_and_the_others_keep_going()
    {
        _bench.Build(Both(Chain()));
        ProductRelease.Run(_bench.Request(Both(Chain())), ["Both"], CancellationToken.None).Count.ShouldBe(4);
        File.Delete(_bench.RawPath("raw"));
        BuildRequest request = _bench.Request(Both(Chain(last: "[", writeRaw: false), "+"), "Other", "Last") with { KeepGoing = true };

        BuildPreview.Of(request, CancellationToken.None).ShouldAllBe(step => step.Forecast == StepForecast.WouldRun);
        BuildSummary summary = _bench.Build(request);

        summary.FirstError.ShouldBeOfType<Misuse>().Text.Title.ShouldBe("the raw file of set/raw is missing");
        BuildBench.Outcomes(summary).ShouldBe("First:Failed Middle:Blocked Last:Blocked Other:Ran");
        summary.Steps[0].Reasons.ShouldBe([new StaleReason("output first.txt", "deleted on purpose", "needed again by Middle")]);
    }

    private IStage[] Both(IStage[] chain, string other = "-")
    {
        Step beside = _bench.Join("Other", "", "other.txt", [], other);
        return
        [
            .. chain,
            new ToyStage("Other", beside),
            new ToyStage("Both", _bench.Join("Both", "", "both.txt", [chain[^1].Steps()[0].Writes[0], beside.Writes[0]])),
        ];
    }

    private IStage[] Chain(string first = "(", string middle = "-", string last = "<", bool writeRaw = true)
    {
        Artifact raw = writeRaw ? _bench.Raw("raw", "one") : Artifact.Raw("set/raw", new RawSource(_bench.RawPath("raw")));
        Step one = _bench.Join("First", "", "first.txt", [raw], first),
            two = _bench.Join("Middle", "", "middle.txt", [one.Writes[0]], middle);
        return
        [
            new ToyStage("First", one),
            new ToyStage("Middle", two),
            new ToyStage("Last", _bench.Join("Last", "", "last.txt", [two.Writes[0]], last)),
        ];
    }
}
