using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Physics;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

public sealed class SpectrumStageTests : IDisposable
{
    private readonly StageBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Rows_are_counted_by_type_and_bin_and_test_rows_are_not_read()
    {
        var flow = new SamplingFlow(
            "shuffle_merge: { groups: { all: { datasets: [DY], types: [tau] } }, tau_ratio: { tau: 1 } }\nbinning: { pt: [20, 40, 1000], abs_eta: [0, 2.3] }"
        );
        _bench.Put(
            flow.Split.Shards.Files[0].Parts[SplitSettings.Train],
            ShardRows.Of(SamplingFlow.TausAndJets(10, 5), pt: i => i < 4 ? 50 : 30));
        IReadOnlyList<Step> steps = flow.Spectrum.Steps();

        _bench.Run(steps.Single(step => step.Key == "train/DY"));

        Spectrum spectrum = _bench.Get(SpectrumStage.Of(SplitSettings.Train, "DY")).Spectrum;
        (spectrum[StandardClasses.Tau][0, 0], spectrum[StandardClasses.Tau][0, 1], spectrum[StandardClasses.Jet][0, 0]).ShouldBe((6, 4, 5));
        steps.Select(step => step.Key).ShouldBe(["train/DY", "train/QCD", "validation/DY", "validation/QCD"]);
    }
}
