using TauPipeline.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TauPipeline.Learning;

/// <summary>The blocks of a <see cref="LayerStack"/> on rows: <c>prefix_dense_1</c>, <c>prefix_norm_1</c>…</summary>
internal sealed class RowBlocks(NetworkParts parts, string prefix, int inputs, LayerStack stack)
{
    private readonly IReadOnlyList<DenseBlock> _blocks = parts.Blocks(prefix, "dense", inputs, stack);

    /// <summary>(rows, inputs) to (rows, last width).</summary>
    public Tensor Call(Tensor rows, bool training)
    {
        foreach ((Func<Tensor, Tensor> dense, BatchNorm1d? norm, Module<Tensor, Tensor> activation) in _blocks)
        {
            rows = dense(rows);
            // A batch of one row has no variance of its own: it is normalised with the running moments, in training too.
            if (norm is not null) rows = SafeNormalisation.batch_norm(norm, rows, training && rows.shape[0] > 1);
            rows = activation.call(rows);
            if (stack.Activation != LayerStack.Selu) rows = functional.dropout(rows, stack.Dropout, training);
            else if (training) rows = AlphaDropout.Call(rows, stack.Dropout);
        }
        return rows;
    }
}
