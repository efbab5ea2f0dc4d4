using TauPipeline.Foundation;

namespace TauPipeline.Tensors;

/// <summary>
/// In training each value is kept with probability 1 - <paramref name="probability"/>, and then divided by that:
/// <c>torch.nn.Dropout</c>. The mask depends on the pass's key and on <paramref name="place"/> alone, so a training that is
/// taken up again draws the same ones.
/// </summary>
public sealed class Dropout(double probability, int place) : ILayer
{
    /// <inheritdoc/>
    public IReadOnlyList<NamedTensor> State => [];

    /// <inheritdoc/>
    public Tensor Forward(Tensor input, Pass pass) => pass.Training && probability > 0 ? input.mul(Mask(input.Shape, pass.Key)) : input;

    /// <inheritdoc/>
    public void Dispose() { }

    private Tensor Mask(IReadOnlyList<long> shape, ulong key)
    {
        var random = new CounterRandom(key, (ulong)place);
        var mask = new float[shape[0] * shape[1]];
        var dropped = (uint)(probability * (1UL << 32));
        float kept = (float)(1 / (1 - probability));
        for (int i = 0; i < mask.Length; i++) mask[i] = random.NextUInt32() >= dropped ? kept : 0;
        return Tensor.From(mask, shape[0], shape[1]);
    }
}
