using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Tests.EngineHost;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>Code as a part of a fingerprint.</summary>
public sealed class CodeChangeTests : IDisposable
{
    private readonly BuildBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Changed_code_makes_its_stage_stale_and_names_its_members()
    {
        IStage[] stages = Stages();
        _bench.Code["One"] = ContentHash.Of("before");
        _bench.Code["Two"] = ContentHash.Of("same");
        _bench.Build(stages);
        _bench.Code["One"] = ContentHash.Of("after");

        BuildSummary summary = _bench.Build(_bench.Request(stages) with { CodeChanges = Known });

        BuildBench.Outcomes(summary).ShouldBe("One:RanUnchanged Two:CutOff");
        summary.Steps[0].Reasons.Select(reason => reason.ToString()).ShouldBe(["code of One changed: OneStage.Fill"]);
    }

    [Fact]
    public void Without_listings_both_states_are_named()
    {
        IStage[] stages = Stages();
        _bench.Code["One"] = ContentHash.Of("before");
        _bench.Build(stages);
        _bench.Code["One"] = ContentHash.Of("after");

        BuildSummary summary = _bench.Build(stages);

        summary.Steps[0]
            .Reasons.Single()
            .ToString()
            .ShouldBe($"code One: {ContentHash.Of("before").Short}… -> {ContentHash.Of("after").Short}…");
    }

    private static string? Known(string stage, ContentHash before, ContentHash after) =>
        (stage, before, after) == ("One", ContentHash.Of("before"), ContentHash.Of("after")) ? "OneStage.Fill" : null;

    private IStage[] Stages()
    {
        Step one = _bench.Join("One", "", "one.txt", [_bench.Raw("x", "raw")]);
        return [new ToyStage("One", one), new ToyStage("Two", _bench.Join("Two", "", "two.txt", one.Writes))];
    }
}
