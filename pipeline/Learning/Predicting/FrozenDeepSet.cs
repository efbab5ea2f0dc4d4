using TauPipeline.Tensors;

namespace TauPipeline.Learning;

/// <summary>A trained <see cref="DeepSetPart"/>: the objects of a row are added up in their order.</summary>
internal sealed class FrozenDeepSet(DeepSetPart part, TorchFile weights) : IFrozenSet
{
    private readonly FrozenStack _each = FrozenStack.Of(weights, part.EachName, "dense", part.Input.Features, part.Each);
    private readonly FrozenStack _together =
        FrozenStack.Of(weights, part.TogetherName, "dense", part.Each.After(part.Input.Features), part.Together);

    /// <inheritdoc/>
    public float[] Apply(InputRows list, int first, int rows)
    {
        int start = list.Offsets[first], objects = list.Offsets[first + rows] - start, width = _each.Outputs;
        float[] each = new float[objects * width], sums = new float[rows * width], outputs = new float[rows * _together.Outputs];
        _each.Apply(list.Values.AsSpan(start * part.Input.Features, objects * part.Input.Features), objects, each);
        for (int row = 0; row < rows; row++)
        {
            Span<float> sum = sums.AsSpan(row * width, width);
            int from = list.Offsets[first + row] - start, to = list.Offsets[first + row + 1] - start;
            for (int at = from * width; at < to * width; at++) sum[at % width] += each[at];
            if (part.IsMean && to > from)
                for (int i = 0; i < width; i++) sum[i] /= to - from;
        }
        _together.Apply(sums, rows, outputs);
        return outputs;
    }
}
