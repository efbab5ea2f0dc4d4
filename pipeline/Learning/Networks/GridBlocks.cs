using TauPipeline.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TauPipeline.Learning;

/// <summary>The steps of a <see cref="GridReduction"/>: <c>inner_all_3x3_conv_1</c>, <c>inner_all_3x3_norm_1</c>…</summary>
internal sealed class GridBlocks
{
    private readonly GridReduction _reduction;
    private readonly List<(Func<Tensor, Tensor> Step, BatchNorm2d? Norm, Module<Tensor, Tensor> Activation)> _blocks = [];

    public GridBlocks(NetworkParts parts, string prefix, int channels, GridReduction reduction)
    {
        _reduction = reduction;
        for (int number = 1; number <= reduction.Steps.Count; number++)
        {
            GridStep step = reduction.Steps[number - 1];
            string name = $"{prefix}_{step.Window}x{step.Window}";
            Func<Tensor, Tensor> smaller = step.IsPooling
                ? grids => functional.max_pool2d(grids, step.Window)
                : parts.Window($"{name}_conv_{number}", channels, step, reduction.Activation);
            channels = step.IsPooling ? channels : step.Filters;
            _blocks.Add((
                smaller,
                reduction.HasNorm ? parts.GridNorm($"{name}_norm_{number}", channels) : null,
                parts.Activation($"{name}_activation_{number}", reduction.Activation, channels)));
        }
    }

    /// <summary>(rows, channels, eta, phi) to (rows, channels of the one cell).</summary>
    public Tensor Call(Tensor grids, bool training)
    {
        foreach ((Func<Tensor, Tensor> step, BatchNorm2d? norm, Module<Tensor, Tensor> activation) in _blocks)
        {
            grids = step(grids);
            bool isMany = grids.shape[0] * grids.shape[2] * grids.shape[3] > 1;
            if (norm is not null) grids = SafeNormalisation.batch_norm(norm, grids, training && isMany);
            grids = activation.call(grids);
            if (_reduction.HasNorm) grids = functional.dropout(grids, _reduction.Dropout, training);
            else if (training) grids = AlphaDropout.Call(grids, _reduction.Dropout);
        }
        return grids.flatten(1);
    }
}
