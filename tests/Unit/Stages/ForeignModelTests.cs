using Google.Protobuf;
using Onnx;
using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Learning;
using TauPipeline.Physics;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>Discriminators of <c>source: onnx</c>, from the campaign's text to scores.</summary>
public sealed class ForeignModelTests : IDisposable
{
    private const string ByHand = "inputs: { tau: [ 'x / 2' ] }, output: probabilities, classes: [e, mu, tau, jet]";

    private readonly TempFolder _folder = new();
    private readonly StageBench _bench = new();

    public void Dispose()
    {
        _folder.Dispose();
        _bench.Dispose();
    }

    [Fact]
    public void A_model_is_fed_by_expressions_and_its_scores_stand_beside_the_network_s()
    {
        DiscriminatorSettings settings = Read($"model: model.onnx, {ByHand}");
        var flow = new ScoredFlow();
        ApplySettings applied = ApplySettings.Of(ClassSettings.Standard, settings.Carried) with { Models = settings.Models };
        ConfigBlock definitions = Campaigns.Root("features: { x: { scaling: no_scaling } }");
        var apply = new ApplyStage(
            flow.Sampling.Split.Shards, flow.Sampling.Parts, FeatureSettings.Read(definitions, definitions.Block("train")), applied);
        _bench.Put(TrainStage.Model(flow.Sampling.Training), ScoredFlow.Model());
        _bench.Put(ScaleStage.Scaling(flow.Sampling.Training), ScoredFlow.Scaling);
        foreach (string part in (string[])["calibration", "test"])
            _bench.Put(flow.Sampling.Split.Shards.Files[0].Parts[part], ScoredFlow.Rows([StandardClasses.Tau, StandardClasses.Jet], 4, -1));

        _bench.Run(apply.Steps()[0]);

        Batch rows = _bench.Rows(apply.Scores.Part("test")[0].Shard);
        double[] scores = settings.All.Single().Score(ClassSettings.Standard.Scheme, StandardClasses.Jet, rows);
        // softmax of (0, 0, 2 (x / 2), 0), against one class of the others
        for (int row = 0; row < 2; row++) scores[row].ShouldBe(1 / (1 + Math.Exp(row == 0 ? -4 : 1)), 1e-6);
        rows.Schema.Find("score_tau").ShouldNotBeNull();
        apply.Steps()[0].Tools.ShouldContain(tool => tool.StartsWith("processor "));
    }

    [Fact]
    public void What_has_no_probability_of_a_tau_has_score_0_and_what_has_none_at_all_no_score()
    {
        TauPipeline.Expressions.Expression score = Read($"model: model.onnx, {ByHand}").Models[0].Score("jet", "here");
        var rows = new Batch(
        [
            new Column<float>("score_other_tau", new float[] { 0, 0, 0.2f, float.NaN }),
            new Column<float>("score_other_jet", new float[] { 0, 0.5f, 0.6f, 0.5f }),
        ]);

        double[] scores = score.Flat(rows);

        (scores[0], scores[1]).ShouldBe((0, 0));
        scores[2].ShouldBe(0.25, 1e-6);
        scores[3].ShouldBe(double.NaN);
    }

    // The sheet of ExportStageTests, shortened by hand.
    [Theory]
    [InlineData("beside", new[] { 0.5, -0.75, -0.25, 1 })]
    [InlineData("inside", new[] { 1, double.NaN, double.NaN, 7 })]
    public void A_sheet_says_how_features_are_made_and_scaled(string scaling, double[] fed)
    {
        File.WriteAllText(_folder.At("model.json"), $$"""
            {
              "network": "flat", "opset": 17, "scaling": "{{scaling}}",
              "inputs": [ { "name": "tau", "eta_cells": 0, "phi_cells": 0, "features": [
                { "name": "x", "value": "x", "when": "x > -5", "mean": 0, "std": 2, "low": -1, "high": 1, "pad": -0.75, "non_finite": "pad" }
              ] } ],
              "output": "probabilities", "classes": ["e", "mu", "tau", "jet"], "signals": ["tau"], "made_of": { "a": "b" }
            }
            """);
        if (scaling == "beside") fed[2] = -0.75; // not finite is padded, too
        DiscriminatorSettings settings = Read("model: model.onnx, sheet: model.json");
        ForeignModel model = settings.Models[0];
        using var predictor = new OnnxPredictor(File.ReadAllBytes(_folder.At("model.onnx")), "model", "probabilities");

        float[] tau = [.. model.Scores(predictor, ScoredFlow.Rows([.. fed.Select(_ => StandardClasses.Tau)], 1, -9, float.NaN, 7))
            .OfType<Column<float>>().Single(column => column.Spec.Name == "score_other_tau").Values.ToArray()];

        for (int row = 0; row < fed.Length; row++)
            if (double.IsNaN(fed[row])) tau[row].ShouldBe(float.NaN);
            else ((double)tau[row]).ShouldBe(Math.Exp(2 * fed[row]) / (Math.Exp(2 * fed[row]) + 3), 1e-6);
    }

    [Theory]
    [InlineData("model: model.onnx", "a sheet:, or a list of expressions")]
    [InlineData("model: model.onnx, inputs: { tau: [x] }, output: p, classes: [a, b]", "at least one of a, b")]
    [InlineData("model: model.onnx, inputs: { tau: [x] }, output: p, classes: [a, b], signals: [c]", "classes of the model: a, b")]
    [InlineData("inputs: { tau: [x] }, output: p, classes: [tau, jet]", "one ONNX file")]
    public void What_is_left_out_is_told_where_the_campaign_is_read(string block, string told)
    {
        CampaignFile campaign = Load(block);

        DiscriminatorSettings.Read(campaign.Root, ClassSettings.Standard);

        campaign.Mistakes.Found.ShouldContain(mistake => mistake.ToString().Contains(told));
    }

    [Fact]
    public void A_file_that_is_no_sheet_is_told_of()
    {
        File.WriteAllText(_folder.At("model.json"), "{ \"inputs\": [] }");

        Should.Throw<Misuse>(() => Load("model: model.onnx, sheet: model.json")).Message.ShouldContain("no sheet of an exported model");
    }

    [Fact]
    public void Another_output_or_input_than_stated_and_a_file_cut_short_are_told_of()
    {
        byte[] bytes = Graph();
        Batch rows = ScoredFlow.Rows([StandardClasses.Tau], 1);

        Should.Throw<StepFailed>(() => Scores("output: nothing, classes: [e, mu, tau, jet], inputs: { tau: [x] }", bytes))
            .Message.ShouldContain("no output 'nothing'");
        Should.Throw<StepFailed>(() => Scores("output: probabilities, classes: [tau, jet], inputs: { tau: [x] }", bytes))
            .Message.ShouldContain("does not give a number for each class");
        Should.Throw<StepFailed>(() => Scores("output: probabilities, classes: [e, mu, tau, jet], inputs: { taus: [x] }", bytes))
            .Message.ShouldContain("the input 'tau'");
        Should.Throw<StepFailed>(() => Scores("output: probabilities, classes: [e, mu, tau, jet], inputs: { tau: [x, x] }", bytes))
            .Message.ShouldContain("does not run on these rows");
        Should.Throw<StepFailed>(() => Scores(ByHand, bytes[..^20])).Message.ShouldContain("cannot take this model");
        ModelProto other = ModelProto.Parser.ParseFrom(bytes);
        other.OpsetImport[0].Version = 999;
        Should.Throw<StepFailed>(() => Scores(ByHand, other.ToByteArray())).ToString().ShouldContain("opset 999");

        void Scores(string block, byte[] file)
        {
            ForeignModel model = Read($"model: model.onnx, {block}").Models[0];
            using var predictor = new OnnxPredictor(file, "model", model.Output);
            model.Scores(predictor, rows);
        }
    }

    private DiscriminatorSettings Read(string block)
    {
        CampaignFile campaign = Load(block);
        DiscriminatorSettings settings = DiscriminatorSettings.Read(campaign.Root, ClassSettings.Standard);
        campaign.Mistakes.Found.ShouldBeEmpty();
        return settings;
    }

    private CampaignFile Load(string block)
    {
        File.WriteAllBytes(_folder.At("model.onnx"), Graph());
        File.WriteAllText(_folder.At("campaign.yaml"), $"discriminators: {{ other: {{ source: onnx, {block} }} }}\n");
        return CampaignFile.Load(_folder.At("campaign.yaml"), [], []);
    }

    // Tau's logit is twice the one number that goes in.
    private static byte[] Graph() => NetworkGraphs.Of(ScoredFlow.Model(2).Model, null)[0].ToBytes(new Dictionary<string, string>());
}
