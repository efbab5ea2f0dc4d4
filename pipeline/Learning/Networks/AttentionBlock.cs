using TauPipeline.Tensors;
using static TorchSharp.torch;

namespace TauPipeline.Learning;

/// <summary>
/// What some look for among others: h = q(some) + attention(q(some), k(others), v(others)), then h + relu(o(h)); the multi-head attention
/// block of the set transformer, without its normalisation.
/// </summary>
internal sealed class AttentionBlock(NetworkParts parts, string name, int width, int heads)
{
    private readonly Func<Tensor, Tensor> _query = parts.Dense($"{name}_query", width, width, isOutput: true);
    private readonly Func<Tensor, Tensor> _key = parts.Dense($"{name}_key", width, width, isOutput: true);
    private readonly Func<Tensor, Tensor> _value = parts.Dense($"{name}_value", width, width, isOutput: true);
    private readonly Func<Tensor, Tensor> _out = parts.Dense($"{name}_out", width, width, isOutput: true);

    /// <summary>(rows, some, width) and (rows, others, width) to (rows, some, width).</summary>
    /// <param name="some">Those who look.</param>
    /// <param name="others">Those who are looked at.</param>
    /// <param name="counts">How many of the others are there in each row.</param>
    public Tensor Call(Tensor some, Tensor others, IReadOnlyList<int> counts)
    {
        Tensor query = Each(_query, some);
        Tensor found = query.add(PortableAttention.attention(query, Each(_key, others), Each(_value, others), heads, counts));
        return found.add(Each(_out, found).relu());
    }

    private Tensor Each(Func<Tensor, Tensor> dense, Tensor all) => dense(all.reshape(-1, width)).reshape(all.shape[0], -1, width);
}
