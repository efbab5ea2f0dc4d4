using TauPipeline.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TauPipeline.Learning;

/// <summary>
/// The blocks of a <see cref="LayerStack"/> on cells, DeepTau's convolutions of one cell: they run on the filled cells and on one
/// empty cell, which is the last row. <c>prefix_conv_1</c>, <c>prefix_norm_1</c>…
/// </summary>
internal sealed class CellBlocks(NetworkParts parts, string prefix, int inputs, LayerStack stack)
{
    private readonly IReadOnlyList<DenseBlock> _blocks = parts.Blocks(prefix, "conv", inputs, stack);

    /// <summary>(filled cells and an empty one, inputs) to (as many, last width).</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="empty">How often the empty one counts in the moments.</param>
    /// <param name="training">Whether there are moments of the batch, and dropout.</param>
    public Tensor Call(Tensor cells, long empty, bool training)
    {
        foreach ((Func<Tensor, Tensor> dense, BatchNorm1d? norm, Module<Tensor, Tensor> activation) in _blocks)
        {
            cells = dense(cells);
            if (norm is not null) cells = CellNorm.Call(norm, cells, empty, training);
            cells = Dropped(activation.call(cells), training);
        }
        return cells;
    }

    // One mask for all empty cells of a batch would be a noise that they share: the empty cell keeps its mean.
    private Tensor Dropped(Tensor cells, bool training)
    {
        if (!training || stack.Dropout == 0) return cells;
        if (stack.Activation == LayerStack.Selu) return AlphaDropout.Call(cells, stack.Dropout, keepsLast: true);
        Tensor kept = empty_like(cells, requires_grad: false).bernoulli_(1 - stack.Dropout).times_(1 / (1 - stack.Dropout));
        kept.select(0, kept.shape[0] - 1).becomes_(1);
        return cells.mul(kept);
    }
}
