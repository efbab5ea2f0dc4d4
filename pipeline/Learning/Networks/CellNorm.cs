using TauPipeline.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TauPipeline.Learning;

/// <summary>Batch normalisation of filled cells and of one empty cell (the last row) that counts as often as one says.</summary>
internal static class CellNorm
{
    public static Tensor Call(BatchNorm1d norm, Tensor cells, long empty, bool training)
    {
        long filled = cells.shape[0] - 1, count = filled + empty;
        if (!training || count < 2)
        {
            return SafeNormalisation.batch_norm(norm, cells, training: false);
        }
        Tensor mean = Sum(cells, filled, empty).over(count);
        Tensor from = cells.sub(mean);
        Tensor variance = Sum(from.mul(from), filled, empty).over(count);
        Move(norm.running_mean!, mean);
        Move(norm.running_var!, variance.times((double)count / (count - 1)));
        Tensor scale = variance.plus(GridNetworkShape.Epsilon).rsqrt().mul(norm.weight!);
        return from.mul(scale).add(norm.bias!);
    }

    private static Tensor Sum(Tensor cells, long filled, long empty)
    {
        Tensor sum = cells.narrow(0, 0, filled).sum([0L]);
        return empty == 0 ? sum : sum.plus(cells.select(0, filled), empty);
    }

    private static void Move(Tensor running, Tensor batch)
    {
        using IDisposable none = no_grad();
        running.times_(1 - GridNetworkShape.Momentum).plus_(batch.detach(), GridNetworkShape.Momentum);
    }
}
