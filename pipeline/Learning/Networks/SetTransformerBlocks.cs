using static TorchSharp.torch;

namespace TauPipeline.Learning;

/// <summary>The layers of a <see cref="SetTransformerPart"/>.</summary>
internal sealed class SetTransformerBlocks : ISetBlocks
{
    private readonly SetTransformerPart _part;
    private readonly Func<Tensor, Tensor> _embedding;
    private readonly List<(Tensor Points, AttentionBlock Gather, AttentionBlock Spread)> _blocks = [];
    private readonly Tensor _seeds;
    private readonly AttentionBlock _pool, _among;

    public SetTransformerBlocks(NetworkParts parts, SetTransformerPart part)
    {
        _part = part;
        _embedding = parts.Dense(part.Embedding, part.Input.Features, part.Width);
        for (int block = 1; block <= part.Blocks; block++)
            _blocks.Add((Points(part.PointsOf(block), part.Points), Block(part.Gather(block)), Block(part.Spread(block))));
        _seeds = Points(part.SeedsName, part.Seeds);
        (_pool, _among) = (Block(part.Pool), Block(part.Among));

        Tensor Points(string name, int count) => parts.Points(name, count, part.Width);

        AttentionBlock Block(string name) => new(parts, name, part.Width, part.Heads);
    }

    /// <inheritdoc/>
    public Tensor Call(NetworkInputs inputs, bool training)
    {
        Tensor objects = inputs[_part.Input.Name], none = zeros(1, _part.Input.Features, device: objects.device);
        Tensor all = inputs.Slots(_part.Input, _embedding(cat([objects, none])));
        int[] counts = inputs.Counts(_part.Input), points = All(_part.Points), seeds = All(_part.Seeds);
        foreach ((Tensor learned, AttentionBlock gather, AttentionBlock spread) in _blocks)
            all = spread.Call(all, gather.Call(OfRows(learned), all, counts), points);
        Tensor found = _pool.Call(OfRows(_seeds), all, counts);
        return _among.Call(found, found, seeds).reshape(inputs.Rows, -1);

        Tensor OfRows(Tensor learned) => learned.unsqueeze(0).expand(inputs.Rows, -1, -1);

        int[] All(int count) => [.. Enumerable.Repeat(count, inputs.Rows)];
    }
}
