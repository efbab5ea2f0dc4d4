namespace TauPipeline.Tensors;

public sealed partial class Tensor
{
    /// <summary>This plus <paramref name="alpha"/> times other, broadcast.</summary>
    public Tensor add(Tensor other, double alpha = 1) => Made(Shim.tau_add(this, other, alpha, out nint made), made);

    /// <summary>Product value by value, broadcast.</summary>
    public Tensor mul(Tensor other) => Made(Shim.tau_mul(this, other, out nint made), made);

    /// <summary>Each value times a number.</summary>
    public Tensor mul(double other) => Made(Shim.tau_mul_scalar(this, other, out nint made), made);

    /// <summary>Square root of each value.</summary>
    public Tensor sqrt() => Made(Shim.tau_sqrt(this, out nint made), made);

    /// <summary>Sum of all values, a tensor without dimensions.</summary>
    public Tensor sum() => Made(Shim.tau_sum(this, out nint made), made);

    /// <summary>Mean of all values, a tensor without dimensions.</summary>
    public Tensor mean() => Made(Shim.tau_mean(this, out nint made), made);

    /// <summary>Matrix product.</summary>
    public Tensor matmul(Tensor other) => Made(Shim.tau_matmul(this, other, out nint made), made);

    /// <summary>(rows, in) times the transpose of weight (out, in), plus bias (out): (rows, out).</summary>
    public Tensor linear(Tensor weight, Tensor bias) => Made(Shim.tau_linear(this, weight, bias, out nint made), made);

    /// <summary>The positive part.</summary>
    public Tensor relu() => Made(Shim.tau_relu(this, out nint made), made);

    /// <summary>Positive values as they are, negative ones times the weight of their column (or the one weight).</summary>
    public Tensor prelu(Tensor weight) => Made(Shim.tau_prelu(this, weight, out nint made), made);

    /// <summary>exp(x) over its sum along a dimension.</summary>
    public Tensor softmax(long dim) => Made(Shim.tau_softmax(this, dim, out nint made), made);

    /// <summary>
    /// Each column of (rows, columns) to mean 0 and variance 1, then times weight plus bias; in training with the batch's own
    /// moments, which also move the running ones by <paramref name="momentum"/> (the running variance is the unbiased one).
    /// </summary>
    public Tensor batch_norm(BatchMoments moments, Tensor weight, Tensor bias, bool training, double momentum = 0.1, double eps = 1e-5) =>
        Made(Shim.tau_batch_norm(this, weight, bias, moments.Mean, moments.Variance, training ? 1 : 0, momentum, eps, out nint made), made);

    /// <summary>Minus the logarithm of the softmax of each row (rows, classes) at its class (rows): (rows).</summary>
    public Tensor cross_entropy(Tensor target) => Made(Shim.tau_cross_entropy(this, target, out nint made), made);
}

/// <summary>Running mean and variance of each column, changed in place by <see cref="Tensor.batch_norm"/> in training.</summary>
public readonly record struct BatchMoments(Tensor Mean, Tensor Variance);
