namespace TauPipeline.Tensors;

/// <summary>The positive part: <c>torch.nn.ReLU</c>.</summary>
public sealed class ReLU : ILayer
{
    /// <inheritdoc/>
    public IReadOnlyList<NamedTensor> State => [];

    /// <inheritdoc/>
    public Tensor Forward(Tensor input, Pass pass) => input.relu();

    /// <inheritdoc/>
    public void Dispose() { }
}

/// <summary>A rectifier whose negative slope, one a column, is learned: <c>torch.nn.PReLU</c>.</summary>
public sealed class PReLU : ILayer
{
    /// <summary>The slope that every column begins with.</summary>
    public const float InitialSlope = 0.25f;

    private readonly Tensor _weight;

    /// <summary>All slopes 0.25.</summary>
    public PReLU(int columns)
    {
        var slopes = new float[columns];
        Array.Fill(slopes, InitialSlope);
        _weight = Tensor.From(slopes, columns).requires_grad_();
    }

    /// <inheritdoc/>
    public IReadOnlyList<NamedTensor> State => [new("weight", _weight, true)];

    /// <inheritdoc/>
    public Tensor Forward(Tensor input, Pass pass) => input.prelu(_weight);

    /// <inheritdoc/>
    public void Dispose() => _weight.Dispose();
}
