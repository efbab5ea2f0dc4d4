using TauPipeline.Foundation;

namespace TauPipeline.Tensors;

/// <summary>Weight (outputs, inputs) and bias (outputs): <c>torch.nn.Linear</c>.</summary>
public sealed class Linear : ILayer
{
    private readonly Tensor _weight, _bias;

    /// <summary>Weights uniform within plus and minus <paramref name="bound"/>, biases zero.</summary>
    public Linear(int inputs, int outputs, double bound, CounterRandom random)
    {
        var weight = new float[inputs * outputs];
        for (int i = 0; i < weight.Length; i++) weight[i] = (float)(bound * (2 * random.NextDouble() - 1));
        _weight = Tensor.From(weight, outputs, inputs).requires_grad_();
        _bias = Tensor.From(new float[outputs], outputs).requires_grad_();
    }

    /// <summary>The bound that keeps the variance through a rectifier of this negative slope (He et al., arXiv:1502.01852).</summary>
    public static double KaimingBound(int inputs, double slope) => Math.Sqrt(6 / (inputs * (1 + slope * slope)));

    /// <summary>The bound that keeps the variance forth and back without one (Glorot and Bengio, AISTATS 2010).</summary>
    public static double XavierBound(int inputs, int outputs) => Math.Sqrt(6.0 / (inputs + outputs));

    /// <inheritdoc/>
    public IReadOnlyList<NamedTensor> State => [new("weight", _weight, true), new("bias", _bias, true)];

    /// <inheritdoc/>
    public Tensor Forward(Tensor input, Pass pass) => input.linear(_weight, _bias);

    /// <inheritdoc/>
    public void Dispose()
    {
        _weight.Dispose();
        _bias.Dispose();
    }
}
