using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Configuration;
using TauPipeline.Physics;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>
/// Files of so few rows that others read rows twice, share them between train and validation, or lose them (modern-peers 2): 0, 1, 4, 99
/// and 101, with a column of one value, one of NaN alone, and a class that is asked for and has no row.
/// </summary>
public sealed class EdgeCaseTests : IDisposable
{
    private const string Campaign = """
        weights: { kind: none }
        shuffle_merge:
          groups: { all: { datasets: [DY, QCD], types: [tau, jet, mu] } }
          tau_ratio: { tau: -1, jet: -1, mu: -1 }
          thinning: none
          allow_empty_bins: true
          allow_empty_classes: true
        definitions:
          features:
            tau_pt: { scaling: quantile }
            fixed: { scaling: normal }
            nothing: { scaling: normal, pad: -2 }
            linear: { value: nothing, scaling: linear, range: [0, 1] }
        """;

    private readonly StageBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(99)]
    [InlineData(101)]
    public void Every_row_is_in_one_part_and_every_feature_scales_to_a_number(int rows)
    {
        SamplingFlow flow = Run(rows);

        ulong[] parts = [.. flow.Parts.Parts.SelectMany(part => flow.Split.Shards.Part(part)).SelectMany(shard => Events(shard.Shard))];
        parts.Order().ShouldBe(All(rows));
        ulong[] mixed =
            [.. flow.Training.Samples.SelectMany(sample => flow.Mix.Mixed.Of(flow.Training, sample.Name)).SelectMany(Events)];
        mixed.Order().ShouldBe(
            flow.Training.Samples.SelectMany(sample => sample.Parts).SelectMany(flow.Split.Shards.Part)
                .SelectMany(shard => Events(shard.Shard)).Order());

        FeatureScaling scaling = _bench.Get(ScaleStage.Scaling(flow.Training)).Scaling;
        float[] scaled = ScaledFeatures.Of(Rows(7, 0, StandardClasses.Tau), Features().Inputs, scaling);
        scaled.ShouldAllBe(value => float.IsFinite(value));
        scaled.Chunk(4).Select(row => string.Join(' ', row[1..])).Distinct().ShouldBe(["0 -2 0"]);
        long train = flow.Mix.Mixed.Of(flow.Training, SplitSettings.Train).Sum(shard => Events(shard).LongLength);
        scaling.Of("fixed").Sample.Count.ShouldBe(train);
        scaling.Of("nothing").Sample.NotANumber.ShouldBe(train);
        string[] told =
        [
            .. _bench.Get(ScaleStage.Checks(flow.Training)).Ranges
                .Where(one => one.Suspicions.Contains("constant")).Select(one => one.Feature),
        ];
        if (train > 1) told.ShouldContain("fixed");
        told.ShouldNotContain("nothing");
    }

    private SamplingFlow Run(int rows)
    {
        var flow = new SamplingFlow(Campaign);
        _bench.Put(flow.Files[0].Shard, Rows(rows, 0, StandardClasses.Tau));
        _bench.Put(flow.Files[1].Shard, Rows(rows, 1000, StandardClasses.Jet));
        foreach (IngestedFile file in flow.Files) File.WriteAllText(_bench.At(file.Raw), file.Entry + file.Dataset.Name);
        var scale = new ScaleStage(flow.Mix.Mixed, flow.Parts, Features(), ScaleSettings.Read(Campaigns.Root("scale: {}").Block("scale")));
        foreach (IStage stage in new IStage[] { flow.Split, flow.Spectrum, flow.Mix, flow.Validate, flow.Weights, scale })
            foreach (Step step in stage.Steps()) _bench.Run(step);
        return flow;
    }

    private static FeatureSettings Features()
    {
        ConfigBlock root = Campaigns.Root(Campaign);
        return FeatureSettings.Read(root.Block("definitions"), root.Block("train"));
    }

    private static Batch Rows(int rows, ulong first, TauClass type) => ShardRows
        .Of([.. Enumerable.Repeat(type, rows)], first, i => 25 + i).WithKinematics()
        .With(ScoredBatch.Constant("fixed", 3f, rows), ScoredBatch.Constant("nothing", float.NaN, rows));

    private static IEnumerable<ulong> All(int rows) =>
        Enumerable.Range(0, rows).Concat(Enumerable.Range(1000, rows)).Select(evt => (ulong)evt);

    private ulong[] Events(Artifact shard) => [.. _bench.Rows(shard).Flat<ulong>(CandidateColumns.Evt).ToArray()];
}
