using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Configuration;
using TauPipeline.Physics;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

public sealed class ScaleStageTests : IDisposable
{
    private readonly StageBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Constants_come_from_train_rows_without_missing_values()
    {
        var flow = new SamplingFlow("shuffle_merge: { groups: { all: { datasets: [DY], types: [tau] } }, tau_ratio: { tau: 1 } }");
        ConfigBlock definitions = Campaigns.Root(
            "features: { a: { scaling: normal }, n: { scaling: normal }, gone: { scaling: normal }, c: { scaling: linear, range: [0, 4] } }"
        );
        _bench.Put(flow.Mix.Mixed.Of(flow.Training, SplitSettings.Train).Single(), new Batch(
        [
            new Column<float>("a", new[] { 1f, 2f, float.NaN, 4f, float.NaN }),
            new Column<int>("n", new[] { 1, int.MinValue, 2, 4, int.MinValue }),
            ScoredBatch.Constant("gone", float.NaN, 5),
            ScoredBatch.Constant("c", 3f, 5),
        ]));

        _bench.Run(
            new ScaleStage(flow.Mix.Mixed, flow.Parts, FeatureSettings.Read(definitions, definitions.Block("train"))).Steps().Single());

        FeatureScaling scaling = _bench.Get(ScaleStage.Scaling(flow.Training)).Scaling;
        // numpy.mean and numpy.std of 1, 2, 4
        foreach (string name in new[] { "a", "n" })
        {
            scaling.Of(name).Mean.ShouldBe(7.0 / 3, 1e-12);
            scaling.Of(name).Std.ShouldBe(1.247219128924647, 1e-12);
        }
        (scaling.Of("c").Mean, scaling.Of("c").Std).ShouldBe((2, 2));
        var scaled = new float[2];
        scaling.Of("gone").Apply([float.NaN, 17f], scaled);
        scaled.ShouldBe([0f, 0f]);
    }
}
