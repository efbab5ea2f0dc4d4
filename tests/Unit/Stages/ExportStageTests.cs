using System.Buffers.Binary;
using System.Text.Json;
using Shouldly;
using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Learning;
using TauPipeline.Physics;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

public sealed class ExportStageTests : IDisposable
{
    private static readonly float[] Hard = [0, 1, -1, float.NaN, float.PositiveInfinity, 3];

    private readonly StageBench _bench = new();
    private readonly ScoredFlow _flow = new();
    private readonly Training _training;

    public ExportStageTests()
    {
        _training = _flow.Sampling.Training;
        _bench.Put(TrainStage.Model(_training), ScoredFlow.Model(2));
        foreach (string part in _training.Apply)
            foreach (PartShard shard in _flow.Sampling.Split.Shards.Part(part))
                _bench.Put(shard.Shard, ScoredFlow.Rows([.. Hard.Select(_ => StandardClasses.Tau)], Hard));
    }

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void What_is_exported_takes_features_as_they_are_and_says_how_they_are_made()
    {
        FeatureScale scale = FeatureScale.Linear("x", ConstituentCone.Global, -2, 2) with { Pad = 0.5, NonFinite = NonFinite.Pad };
        _bench.Put(ScaleStage.Scaling(_training), new(new FeatureScaling([scale])));

        _bench.Run(Export().Steps().ShouldHaveSingleItem());

        using var model = new OnnxPredictor(
            File.ReadAllBytes(_bench.At(ExportStage.Graph(_training, "model"))), "model", ExportedGraph.Probabilities);
        float[] found = model.Predict([new(new(InputShape.Tau, 1), Hard)], Hard.Length);
        // softmax of (0, 0, 2 x, 0), x scaled by hand
        double[] scaled = [0, 0.5, -0.5, 0.5, 0.5, 1];
        for (int row = 0; row < Hard.Length; row++)
            ((double)found[row * 4 + 2]).ShouldBe(Math.Exp(2 * scaled[row]) / (Math.Exp(2 * scaled[row]) + 3), 1e-6);

        JsonElement sheet = JsonDocument.Parse(File.ReadAllBytes(_bench.At(ExportStage.SheetOf(_training)))).RootElement;
        JsonElement feature = sheet.GetProperty("inputs")[0].GetProperty("features")[0];
        sheet.GetProperty("scaling").GetString().ShouldBe("inside");
        sheet.GetProperty("classes").EnumerateArray().Select(one => one.GetString()).ShouldBe(["e", "mu", "tau", "jet"]);
        (feature.GetProperty("std").GetDouble(), feature.GetProperty("pad").GetDouble()).ShouldBe((2, 0.5));
        sheet.GetProperty("graphs")[0].GetProperty("sha256").GetString()
            .ShouldBe($"{ContentHash.OfFile(_bench.At(ExportStage.Graph(_training, "model")))}");
    }

    // Read by the published description of the format: length, header, values.
    [Fact]
    public void The_weights_are_safetensors()
    {
        _bench.Put(ScaleStage.Scaling(_training), new(new FeatureScaling([FeatureScale.Linear("x", ConstituentCone.Global, -2, 2)])));

        _bench.Run(Export("scaling: beside").Steps()[0]);

        byte[] file = File.ReadAllBytes(_bench.At(ExportStage.WeightsOf(_training)));
        int header = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        JsonElement weight = JsonDocument.Parse(file.AsMemory(8, header)).RootElement.GetProperty("output.weight");
        weight.GetProperty("dtype").GetString().ShouldBe("F32");
        weight.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32()).ShouldBe([4, 1]);
        int[] place = [.. weight.GetProperty("data_offsets").EnumerateArray().Select(at => at.GetInt32())];
        BinaryPrimitives.ReadSingleLittleEndian(file.AsSpan(8 + header + place[0] + 8)).ShouldBe(2);
        (header % 8, place[1] - place[0]).ShouldBe((0, 16));
    }

    [Fact]
    public void A_graph_that_gives_other_scores_is_not_exported()
    {
        TrainedModel one = ScoredFlow.Model(2).Model, other = ScoredFlow.Model(2.001f).Model;
        var rows = new HardRows(one.Shape, [FeatureScale.Linear("x", ConstituentCone.Global, -2, 2)]);
        byte[] graph = NetworkGraphs.Of(other, null)[0].ToBytes(new Dictionary<string, string>());
        using var exported = new OnnxPredictor(graph, "model", ExportedGraph.Probabilities);

        StepFailed wrong = Should.Throw<StepFailed>(() => new ExportCheck(one, exported, false).Hard(rows));

        wrong.Message.ShouldContain("all infinite");
        wrong.Message.ShouldContain("another score");
    }

    [Fact]
    public void Without_a_network_there_is_nothing_to_export()
    {
        _bench.Put(ScaleStage.Scaling(_training), ScoredFlow.Scaling);
        _bench.Put(TrainStage.Model(_training), new(TrainedModel.WithoutTraining(ScoredFlow.Model().Model.Shape, "no row is left to train on")));

        Should.Throw<StepFailed>(() => _bench.Run(Export().Steps()[0])).Message.ShouldContain("no row is left to train on");
    }

    [Fact]
    public void Networks_on_grids_are_scaled_outside_and_come_in_parts()
    {
        ConfigBlock root = Campaigns.Root("export: { scaling: inside }");
        ExportSettings.Read(root.Block("export"), ConstituentForm.Grids);
        root.Mistakes.Found.ShouldHaveSingleItem().ToString().ShouldContain("beside");

        NetworkGraphs.Names(["inner", "outer"]).ShouldBe(["model", "inner", "outer", "core"]);
    }

    private ExportStage Export(string settings = "")
    {
        ConfigBlock definitions = Campaigns.Root("features: { x: { scaling: no_scaling } }");
        var sources = new ExportSources(
            _flow.Sampling.Parts, _flow.Sampling.Split.Shards, null, ClassSettings.Standard.Scheme, ConstituentForm.None);
        return new(
            sources,
            FeatureSettings.Read(definitions, definitions.Block("train")),
            ExportSettings.Read(Campaigns.Root($"export: {{ {settings} }}").Block("export"), ConstituentForm.None));
    }
}
