using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Configuration;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

public sealed class ScaleStageTests : IDisposable
{
    private const string OneClass = "groups: { all: { datasets: [DY], types: [tau] } }, tau_ratio: { tau: 1 }";

    private readonly StageBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Constants_come_from_train_rows_without_missing_values()
    {
        Training training = Run(
            "features: { a: { scaling: normal }, n: { scaling: normal }, gone: { scaling: normal }, c: { scaling: linear, range: [0, 4] } }",
            "",
            new Batch(
            [
                new Column<float>("a", new[] { 1f, 2f, float.NaN, 4f, float.NaN }),
                new Column<int>("n", new[] { 1, int.MinValue, 2, 4, int.MinValue }),
                ScoredBatch.Constant("gone", float.NaN, 5),
                ScoredBatch.Constant("c", 3f, 5),
            ]));

        FeatureScaling scaling = _bench.Get(ScaleStage.Scaling(training)).Scaling;
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
        // The same rows as tables: mean and spread once more, and without values above mean + 5 spreads, of which there is none.
        string[] lines = _bench.Get(ScaleStage.Table(training)).Text.Split('\n');
        lines[1].ShouldBe("a,global,3,2,0,2.3333333333333335,1.247219128924647,2.3333333333333335,1.247219128924647,0");
        _bench.Get(ScaleStage.Checks(training)).Ranges.Single(one => one.Feature == "c").Suspicions.ShouldContain("constant");
    }

    [Fact]
    public void Shards_in_any_order_and_of_any_size_give_the_same_bytes()
    {
        float[] values = [.. Enumerable.Range(0, 999).Select(i => (float)(1e4 + new CounterRandom(3, (ulong)i).NextNormal()))];
        Batch[] inOrder = [Of(values[..333]), Of(values[333..666]), Of(values[666..])],
            other = [Of(values[900..]), Of(values[..1]), Of(values[1..900])];

        byte[] Bytes(Batch[] shards) =>
            File.ReadAllBytes(_bench.At(ScaleStage.Scaling(Run("features: { a: {}, q: { value: 2 * a, scaling: quantile } }", "", shards))));

        Bytes(other).ShouldBe(Bytes(inOrder));
    }

    [Fact]
    public void Snapshots_end_where_they_should_whatever_the_shards()
    {
        Batch[] shards = [Of(1, 2, 3), Of(10, 20, 30, 40)];

        ScalingChecksFile byRows = Checks("snapshots: 3", shards), byFiles = Checks("snapshot_files: 1", shards), none = Checks("", shards);

        byRows.SnapshotRows.ShouldBe([2, 4, 7]);
        byRows.Snapshots[0].Means.ShouldBe([1.5, 4, 106 / 7.0]);
        byRows.Snapshots[0].Counts.ShouldBe([2, 4, 7]);
        byRows.Snapshots[0].MeanChanges.ShouldBe([2.5 / 1.5, (106 / 7.0 - 4) / 4], 1e-12);
        byRows.Converged.ShouldBe(false);
        byFiles.SnapshotRows.ShouldBe([3, 7]);
        byFiles.Snapshots[0].Means.ShouldBe([2, 106 / 7.0]);
        (none.SnapshotRows.Single(), none.Snapshots.Count, none.Converged).ShouldBe((7, 0, null));
    }

    [Fact]
    public void Quantiles_are_told_shard_by_shard_in_the_layout_of_TauMLTools()
    {
        Training training = Run("features: { a: { scaling: normal, group: TauFlat } }", "", Of(1, 2, 3), Of([]));

        QuantileParameters quantiles = _bench.Get(ScaleStage.Quantiles(training));

        (string, string, ConstituentCone) a = ("TauFlat", "a", ConstituentCone.Global);
        quantiles.Of(a, "train_0000", "median").ShouldBe(2);
        quantiles.Of(a, "train_0000", "1sigma", "left")!.Value.ShouldBe(1 + 2 * 0.158655253931, 1e-12);
        quantiles.Of(a, "train_0000", "max").ShouldBe(3);
        quantiles.Of(a, "train_0001", "median").ShouldBeNull();
        quantiles.Of(a, "train_0001", "5sigma", "right").ShouldBeNull();
    }

    // Files of TauMLTools have rho twice: TauFlat's and the grids'.
    [Fact]
    public void A_feature_that_a_group_shares_has_its_constants_in_both_groups()
    {
        Training training = Run(
            "features: { a: { scaling: normal }, b: { value: 2 * a, scaling: normal } }\ngroups: { GridGlobal: { features: [a] } }",
            "",
            Of(1, 2, 6));

        ScalingParameters parameters = _bench.Get(ScaleStage.Parameters(training));

        Feature a = new("a", ScalingKind.Normal, null);
        foreach (string group in new[] { "TauFlat", "GridGlobal" })
            parameters.Of(a with { Group = group }, ConstituentCone.Global).Mean.ShouldBe(3);
        string text = File.ReadAllText(_bench.At(ScaleStage.Parameters(training)));
        (text.Split("\"b\"").Length, text.Split("\"a\"").Length).ShouldBe((2, 3));
    }

    [Fact]
    public void Constituents_are_scaled_cone_by_cone()
    {
        Batch rows = new([
            new Column<float>("tau_pt", new[] { 100f, 100f }), new Column<float>("tau_eta", new[] { 0f, 0f }),
            new Column<float>("tau_phi", new[] { 0f, 0f }),
            new JaggedColumn<float>("pfCand_eta", "pfCand", new[] { 0, 3, 5 }, new[] { 0.01f, 0.2f, 0.7f, 0.02f, 0.3f }),
            new JaggedColumn<float>("pfCand_phi", "pfCand", new[] { 0, 3, 5 }, new float[5]),
            new JaggedColumn<float>("pfCand_pt", "pfCand", new[] { 0, 3, 5 }, new[] { 50f, 10f, 99f, 70f, 30f }),
        ]);

        Training training = Run(
            """
            features:
              tau_pt: { scaling: linear, range: [20, 1000] }
              rel_pt: { value: pfCand_pt / tau_pt, constituents: pfCand, scaling: normal, range: [-5, 5], outer_range: [-4, 4] }
              deta: { value: pfCand_eta - tau_eta, constituents: pfCand, scaling: linear, range: [-0.1, 0.1], outer_range: [-0.5, 0.5] }
            """,
            "",
            rows);

        FeatureScaling scaling = _bench.Get(ScaleStage.Scaling(training)).Scaling;
        FeatureScale inner = scaling.Of("rel_pt", ConstituentCone.Inner), outer = scaling.Of("rel_pt", ConstituentCone.Outer);
        (inner.Mean, outer.Mean, inner.High, outer.High).ShouldBe((0.6, 0.2, 5, 4));
        scaling.Of("deta", ConstituentCone.Outer).Std.ShouldBe(0.5);
        _bench.Get(ScaleStage.Parameters(training)).Of(
            new Feature("deta", ScalingKind.Linear, null) { Group = "pfCand", ByCone = true }, ConstituentCone.Inner).Std.ShouldBe(0.1);
    }

    [Fact]
    public void Constants_of_a_file_stand_in_place_of_ours_and_are_checked_against_the_rows()
    {
        string file = Path.Combine(Path.GetDirectoryName(_bench.At(Artifact.Product("given/x")))!, "given.json");
        File.WriteAllText(file, """{ "TauFlat": { "a": { "global": { "mean": 100, "std": "1", "lim_min": "-5", "lim_max": "inf" } } } }""");

        Training training = Run("features: { a: { scaling: normal } }", $"file: {{ inputs: [{{ entry: given, location: {file} }}] }}", Of(1, 2, 3, 4));

        FeatureScale scale = _bench.Get(ScaleStage.Scaling(training)).Scaling.Of("a");
        (scale.Mean, scale.Std, scale.Low, scale.High).ShouldBe((100, 1, -5, double.PositiveInfinity));
        ScalingRangeEntry range = _bench.Get(ScaleStage.Checks(training)).Ranges.Single();
        (range.Low, range.ShareCut).ShouldBe((95, 1));
        range.Suspicions.ShouldContain("left_within");
        range.SuspiciousShards.ShouldBe(1);
    }

    [Fact]
    public void Keys_that_contradict_each_other_are_told()
    {
        ConfigBlock root = Campaigns.Root("scale: { snapshots: 3, snapshot_files: 2, suspicious: [left_withn] }");

        ScaleSettings.Read(root.Block("scale"));

        Campaigns.MistakesOf(root).Length.ShouldBe(2);
        root.Mistakes.Found.ShouldContain(mistake => Campaigns.Facts(mistake).Contains("nearest left_within", StringComparison.Ordinal));
    }

    private ScalingChecksFile Checks(string scale, Batch[] shards) =>
        _bench.Get(ScaleStage.Checks(Run("features: { a: { scaling: normal } }", scale, shards)));

    private Training Run(string definitions, string scale, params Batch[] shards)
    {
        var flow = new SamplingFlow($"shuffle_merge: {{ {OneClass}, shards: {shards.Length} }}");
        ConfigBlock root = Campaigns.Root(definitions), block = Campaigns.Root($"scale: {{ {scale} }}").Block("scale");
        IReadOnlyList<Artifact> files = flow.Mix.Mixed.Of(flow.Training, SplitSettings.Train);
        foreach ((Artifact file, Batch rows) in files.Zip(shards)) _bench.Put(file, rows);
        FeatureSettings features = FeatureSettings.Read(root, root.Block("train"));
        root.Mistakes.ThrowIfAny();
        block.Mistakes.ThrowIfAny();
        _bench.Run(new ScaleStage(flow.Mix.Mixed, flow.Parts, features, ScaleSettings.Read(block)).Steps().Single());
        return flow.Training;
    }

    private static Batch Of(params float[] values) => new([new Column<float>("a", values)]);
}
