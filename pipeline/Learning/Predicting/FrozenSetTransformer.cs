using TauPipeline.Tensors;

namespace TauPipeline.Learning;

/// <summary>A trained <see cref="SetTransformerPart"/>, row by row.</summary>
internal sealed class FrozenSetTransformer : IFrozenSet
{
    private readonly SetTransformerPart _part;
    private readonly FrozenLinear _embedding;
    private readonly List<(float[] Points, FrozenAttention Gather, FrozenAttention Spread)> _blocks = [];
    private readonly float[] _seeds;
    private readonly FrozenAttention _pool, _among;

    /// <summary>From the weights under their names.</summary>
    public FrozenSetTransformer(SetTransformerPart part, TorchFile weights)
    {
        _part = part;
        _embedding = FrozenWeights.Dense(weights, part.Embedding, part.Input.Features, part.Width);
        for (int block = 1; block <= part.Blocks; block++)
            _blocks.Add((Points(part.PointsOf(block), part.Points), Block(part.Gather(block)), Block(part.Spread(block))));
        _seeds = Points(part.SeedsName, part.Seeds);
        (_pool, _among) = (Block(part.Pool), Block(part.Among));

        FrozenAttention Block(string name) => new(weights, name, part.Width, part.Heads);

        float[] Points(string name, int count) => FrozenWeights.Values(weights, name + ".weight", count, part.Width);
    }

    /// <inheritdoc/>
    public float[] Apply(InputRows list, int first, int rows)
    {
        var outputs = new float[rows * _part.Outputs];
        for (int row = 0; row < rows; row++)
        {
            int from = list.Offsets[first + row], count = list.Offsets[first + row + 1] - from;
            var all = new float[count * _part.Width];
            _embedding.Apply(list.Values.AsSpan(from * _part.Input.Features, count * _part.Input.Features), count, all);
            foreach ((float[] points, FrozenAttention gather, FrozenAttention spread) in _blocks)
                all = spread.Apply(all, gather.Apply(points, all));
            float[] found = _pool.Apply(_seeds, all);
            _among.Apply(found, found).CopyTo(outputs.AsSpan(row * _part.Outputs));
        }
        return outputs;
    }
}
