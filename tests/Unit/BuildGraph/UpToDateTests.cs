using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Tests.EngineHost;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

public sealed class UpToDateTests : IDisposable
{
    private readonly BuildBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_second_build_does_nothing()
    {
        IStage[] stages = Chain("a");
        _bench.Build(stages).Count(StepOutcome.Ran).ShouldBe(2);

        BuildSummary second = _bench.Build(stages);

        _bench.Worked.ShouldBeEmpty();
        second.Count(StepOutcome.UpToDate).ShouldBe(2);
        second.FirstError.ShouldBeNull();
        _bench.Read("last.txt").ShouldBe("a");
    }

    [Fact]
    public void A_changed_raw_file_reruns_its_readers_and_says_why()
    {
        _bench.Build(Chain("a"));

        BuildSummary summary = _bench.Build(Chain("b"));

        _bench.Worked.ShouldBe(["First", "Last"]);
        string reason = summary.Steps[0].Reasons.ShouldHaveSingleItem().ToString();
        reason.ShouldBe($"input in0 set/x: {ContentHash.Of("a").Short}… -> {ContentHash.Of("b").Short}…");
        _bench.Read("last.txt").ShouldBe("b");
    }

    [Fact]
    public void Touching_inputs_and_products_runs_nothing()
    {
        IStage[] stages = Chain("a");
        _bench.Build(stages);
        File.SetLastWriteTimeUtc(_bench.RawPath("x"), DateTime.UnixEpoch);
        File.SetLastWriteTimeUtc(Path.Combine(_bench.Out, "first.txt"), DateTime.UtcNow.AddYears(1));

        _bench.Build(stages);

        _bench.Worked.ShouldBeEmpty();
    }

    [Fact]
    public void A_changed_setting_is_named_with_both_values()
    {
        _bench.Build(Chain("a", prefix: "p"));

        BuildSummary summary = _bench.Build(Chain("a", prefix: "q"));

        summary.Steps[0].Outcome.ShouldBe(StepOutcome.UpToDate);
        summary.Steps[1].Reasons.ShouldHaveSingleItem().ToString().ShouldBe("setting last.prefix: p -> q");
    }

    private IStage[] Chain(string raw, string prefix = "")
    {
        Step first = _bench.Join("First", "", "first.txt", [_bench.Raw("x", raw)]);
        return [new ToyStage("First", first), new ToyStage("Last", _bench.Join("Last", "", "last.txt", first.Writes, prefix))];
    }
}
