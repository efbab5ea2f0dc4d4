namespace TauPipeline.Tensors;

/// <summary>
/// Frees all tensors made on this thread since it began. Scopes nest; what must outlive one is handed on by <see cref="Keep"/>.
/// The garbage collector cannot do this: it sees eight bytes where megabytes are.
/// </summary>
public sealed class TensorScope : IDisposable
{
    [ThreadStatic]
    private static TensorScope? t_current;

#pragma warning disable CA2213 // the scope around this one ends by itself, later
    private readonly TensorScope? _outer = t_current;
#pragma warning restore CA2213
    private readonly List<Tensor> _tensors = [];

    /// <summary>Begins a scope on this thread.</summary>
    public TensorScope() => t_current = this;

    /// <summary>Hands a tensor of this scope on to the one around it, or to the caller where there is none.</summary>
    public Tensor Keep(Tensor tensor)
    {
        _tensors.Remove(tensor);
        _outer?._tensors.Add(tensor);
        return tensor;
    }

    /// <summary>Frees the tensors of this scope.</summary>
    public void Dispose()
    {
        foreach (Tensor tensor in _tensors) tensor.Dispose();
        _tensors.Clear();
        t_current = _outer;
    }

    internal static void Adopt(Tensor tensor) => t_current?._tensors.Add(tensor);
}
