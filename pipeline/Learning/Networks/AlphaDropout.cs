using TauPipeline.Tensors;
using static TorchSharp.torch;

namespace TauPipeline.Learning;

/// <summary>
/// Dropout after <c>selu</c>: what is left out becomes its least value, and all is scaled and moved so that mean 0 and variance 1 stay
/// (Klambauer et al., arXiv:1706.02515).
/// </summary>
internal static class AlphaDropout
{
    private const double Least = -SafeElu.SeluAlpha * SafeElu.SeluScale;

    /// <summary>In training.</summary>
    /// <param name="values">(rows, channels), or grids.</param>
    /// <param name="dropout">Share left out, below 1.</param>
    /// <param name="keepsLast">Whether the last row stays as it is.</param>
    public static Tensor Call(Tensor values, double dropout, bool keepsLast = false)
    {
        if (dropout == 0) return values;
        double scale = 1 / Math.Sqrt((1 - dropout) * (1 + dropout * Least * Least));
        Tensor factor = empty_like(values, requires_grad: false).bernoulli_(1 - dropout).times_(scale);
        Tensor added = factor.times(-Least).plus(scale * Least * (1 - dropout));
        if (keepsLast)
        {
            factor.select(0, factor.shape[0] - 1).becomes_(1);
            added.select(0, added.shape[0] - 1).becomes_(0);
        }
        return values.mul(factor).add(added);
    }
}
