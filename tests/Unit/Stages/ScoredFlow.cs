using System.Runtime.InteropServices;
using TauPipeline.Columns;
using TauPipeline.Configuration;
using TauPipeline.Formats;
using TauPipeline.Learning;
using TauPipeline.Physics;
using TauPipeline.Stages;
using TauPipeline.Tensors;
using static TorchSharp.torch;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>
/// Apply over the two datasets of <see cref="SamplingFlow"/>, with one feature <c>x</c> and a network of one layer: tau's logit is x, the
/// others' 0.
/// </summary>
internal sealed class ScoredFlow
{
    public ScoredFlow(string split = "", AppliedModel? model = null)
    {
        Sampling = new SamplingFlow(
            $"shuffle_merge: {{ groups: {{ all: {{ datasets: [DY], types: [tau] }} }}, tau_ratio: {{ tau: 1 }} }}\n{split}");
        ConfigBlock definitions = Campaigns.Root("features: { x: { scaling: no_scaling } }");
        Apply = new ApplyStage(
            Sampling.Split.Shards,
            Sampling.Parts,
            FeatureSettings.Read(definitions, definitions.Block("train")),
            ApplySettings.Of(ClassSettings.Standard, []) with { Network = model ?? AppliedModel.Best });
    }

    public SamplingFlow Sampling { get; }

    public ApplyStage Apply { get; }

    public static ScalingFile Scaling { get; } = new(new FeatureScaling([FeatureScale.Identity("x")]));

    /// <summary>A model whose tau logit is <paramref name="slope"/> times x.</summary>
    public static ModelFile Model(float slope = 1)
    {
        using var file = new MemoryStream();
        new TorchFile([Tensor("output.weight", [4, 1], 0, 0, slope, 0), Tensor("output.bias", [4], 0, 0, 0, 0)],
            new Dictionary<string, string>
            {
                ["shape.json"] = System.Text.Json.JsonSerializer.Serialize<NetworkShape>(new FlatNetworkShape(1, [], 4, 0, false, "relu")),
            }
        ).Write(file);
        file.Position = 0;
        return new ModelFile(TrainedModel.Load(file));
    }

    /// <summary>Rows with the columns that Apply carries.</summary>
    public static Batch Rows(IReadOnlyList<TauClass> types, params float[] x) => ShardRows.Of(types).With(
        ScoredBatch.Constant(CandidateColumns.Weight, 1f, types.Count),
        ScoredBatch.Constant(CandidateColumns.Phi, 0f, types.Count),
        ScoredBatch.Constant(CandidateColumns.DecayMode, 1, types.Count),
        ScoredBatch.Constant(CandidateColumns.Dz, 0f, types.Count), new Column<float>("x", x));

    private static StoredTensor Tensor(string name, long[] shape, params float[] values) =>
        new(name, ScalarType.Float32, shape, MemoryMarshal.AsBytes<float>(values).ToArray());
}
