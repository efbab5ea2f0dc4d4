namespace TauPipeline.Tensors;

public sealed partial class Tensor
{
    /// <summary>Adds <paramref name="alpha"/> times other.</summary>
    public Tensor add_(Tensor other, double alpha = 1) => Changed(Shim.tau_add_(this, other, alpha));

    /// <summary>Adds a number.</summary>
    public Tensor add_(double other) => Changed(Shim.tau_add_scalar_(this, other));

    /// <summary>Multiplies by a number.</summary>
    public Tensor mul_(double other) => Changed(Shim.tau_mul_(this, other));

    /// <summary>Divides by a number.</summary>
    public Tensor div_(double other) => Changed(Shim.tau_div_(this, other));

    /// <summary>Square root of each value.</summary>
    public Tensor sqrt_() => Changed(Shim.tau_sqrt_(this));

    /// <summary>Adds <paramref name="value"/> times tensor1 times tensor2.</summary>
    public Tensor addcmul_(Tensor tensor1, Tensor tensor2, double value) => Changed(Shim.tau_addcmul_(this, tensor1, tensor2, value));

    /// <summary>Adds <paramref name="value"/> times tensor1 over tensor2.</summary>
    public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, double value) => Changed(Shim.tau_addcdiv_(this, tensor1, tensor2, value));

    /// <summary>Takes over another tensor's values.</summary>
    public Tensor copy_(Tensor from) => Changed(Shim.tau_copy_(this, from));

    private Tensor Changed(int outcome)
    {
        Shim.Check(outcome);
        return this;
    }
}
