using TauPipeline.Tensors;

namespace TauPipeline.Learning;

/// <summary>A trained <see cref="AttentionBlock"/>, for one row at a time.</summary>
internal sealed class FrozenAttention(TorchFile weights, string name, int width, int heads)
{
    private readonly FrozenLinear _query = FrozenWeights.Dense(weights, $"{name}_query", width, width);
    private readonly FrozenLinear _key = FrozenWeights.Dense(weights, $"{name}_key", width, width);
    private readonly FrozenLinear _value = FrozenWeights.Dense(weights, $"{name}_value", width, width);
    private readonly FrozenLinear _out = FrozenWeights.Dense(weights, $"{name}_out", width, width);

    /// <summary>(some, width) and (others, width), all of which are there, to (some, width).</summary>
    public float[] Apply(float[] some, float[] others)
    {
        float[] query = Each(_query, some), found = new float[some.Length];
        PortableAttention.Attend(query, Each(_key, others), Each(_value, others), (heads, width), found);
        for (int i = 0; i < found.Length; i++) found[i] += query[i];
        float[] after = Each(_out, found);
        for (int i = 0; i < found.Length; i++) found[i] += MathF.Max(0, after[i]);
        return found;
    }

    private float[] Each(FrozenLinear dense, float[] all)
    {
        var result = new float[all.Length];
        dense.Apply(all, all.Length / width, result);
        return result;
    }
}
