namespace TauPipeline.Tensors;

public sealed partial class Tensor
{
    /// <summary>Whether gradients are wanted for this tensor.</summary>
    public Tensor requires_grad_(bool on = true) => Changed(Shim.tau_requires_grad_(this, on ? 1 : 0));

    /// <summary>Adds the gradients of this single number to every tensor that wants one.</summary>
    public void backward() => Shim.Check(Shim.tau_backward(this));

    /// <summary>The gradient so far, or <see langword="null"/> if there is none.</summary>
    public Tensor? grad()
    {
        Shim.Check(Shim.tau_grad(this, out nint grad));
        return grad == 0 ? null : new(grad);
    }

    /// <summary>Forgets the gradient (<c>zero_grad(set_to_none=True)</c>).</summary>
    public void zero_grad() => Shim.Check(Shim.tau_clear_grad(this));

    /// <summary>The same values without a history.</summary>
    public Tensor detach() => Made(Shim.tau_detach(this, out nint made), made);
}

/// <summary>While it lasts, operations on this thread leave no history: for inference and for optimisers.</summary>
public readonly ref struct NoGrad
{
    private readonly bool _before;

    private NoGrad(bool before) => _before = before;

    /// <summary>Begins; ended by <see cref="Dispose"/>.</summary>
    public static NoGrad Begin()
    {
        Shim.Check(Shim.tau_set_grad_enabled(0, out int before));
        return new(before != 0);
    }

    /// <summary>Back to what was before.</summary>
    public void Dispose() => Shim.Check(Shim.tau_set_grad_enabled(_before ? 1 : 0, out _));
}
