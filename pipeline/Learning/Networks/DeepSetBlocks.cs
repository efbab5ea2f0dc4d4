using static TorchSharp.torch;

namespace TauPipeline.Learning;

/// <summary>The layers of a <see cref="DeepSetPart"/>. They run on all objects of a batch and on one that none is.</summary>
internal sealed class DeepSetBlocks(NetworkParts parts, DeepSetPart part) : ISetBlocks
{
    private readonly RowBlocks _each = new(parts, part.EachName, part.Input.Features, part.Each);
    private readonly RowBlocks _together = new(parts, part.TogetherName, part.Each.After(part.Input.Features), part.Together);

    /// <inheritdoc/>
    public Tensor Call(NetworkInputs inputs, bool training)
    {
        Tensor objects = inputs[part.Input.Name], none = zeros(1, part.Input.Features, device: objects.device);
        Tensor sum = inputs.Slots(part.Input, _each.Call(cat([objects, none]), training)).sum([1L]);
        if (part.IsMean)
        {
            float[] counts = [.. inputs.Counts(part.Input).Select(count => (float)Math.Max(1, count))];
            sum = sum.div(tensor(counts, [inputs.Rows, 1L], device: sum.device));
        }
        return _together.Call(sum, training);
    }
}
