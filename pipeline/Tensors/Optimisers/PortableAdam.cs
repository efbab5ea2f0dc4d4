using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TauPipeline.Tensors;

/// <summary>
/// Adam and its two near relatives as one pass over each weight, by vectors whose square root is exact. In the order of operations of
/// <c>torch.optim</c>: Adam and AdamW equal torch's bit for bit where its square root is exact too.
/// </summary>
public sealed class PortableAdam : IOptimiser
{
    private const string StepsName = "step";

    private readonly AdamSettings _settings;
    private readonly IReadOnlyList<(string Name, Parameter Weight, Tensor Mean, Tensor Square)> _weights;
    private readonly double _momentumDecay;
    private long _steps;

    // Powers by running products: a library's pow may differ in its last bit.
    private double _beta1Power = 1, _beta2Power = 1, _decayPower = 1, _momentumProduct = 1;

    /// <summary>An optimiser of these weights, which lie in main memory.</summary>
    public PortableAdam(IEnumerable<(string Name, Parameter Weight)> weights, AdamSettings settings)
    {
        _settings = settings;
        _momentumDecay = Math.Pow(0.96, settings.MomentumDecay);
        _weights = [.. weights.Select(one => (one.Name, one.Weight, Zeros(one.Weight), Zeros(one.Weight)))];
    }

    /// <inheritdoc/>
    public void Step(double rate)
    {
        Count();
        using IDisposable none = no_grad();
        AdamPass pass = Pass(rate);
        foreach ((_, Parameter weight, Tensor mean, Tensor square) in _weights)
        {
            using DisposeScope scope = NewDisposeScope();
            if (weight.grad is not { } gradient) continue;
            pass.Over(Values(weight), Values(gradient.contiguous()), Values(mean), Values(square));
            weight.grad = null;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<StoredTensor> Taken() =>
    [
        .. _weights.SelectMany(one =>
            new[] { StoredTensor.From($"{one.Name}.exp_avg", one.Mean), StoredTensor.From($"{one.Name}.exp_avg_sq", one.Square) }),
        new(StepsName, ScalarType.Int64, [1], BitConverter.GetBytes(_steps)),
    ];

    /// <inheritdoc/>
    public void Restore(Func<string, StoredTensor> find)
    {
        foreach ((string name, _, Tensor mean, Tensor square) in _weights)
        {
            find($"{name}.exp_avg").CopyTo(mean);
            find($"{name}.exp_avg_sq").CopyTo(square);
        }
        (_beta1Power, _beta2Power, _decayPower, _momentumProduct, _steps) = (1, 1, 1, 1, 0);
        for (long steps = find(StepsName).ToLongs()[0]; _steps < steps;) Count();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((_, _, Tensor mean, Tensor square) in _weights)
        {
            mean.Dispose();
            square.Dispose();
        }
    }

    private void Count()
    {
        _steps++;
        _beta1Power *= _settings.Beta1;
        _beta2Power *= _settings.Beta2;
        _decayPower *= _momentumDecay;
        _momentumProduct *= Momentum(_decayPower);
    }

    private AdamPass Pass(double rate)
    {
        double next = Momentum(_decayPower * _momentumDecay);
        bool isNesterov = _settings.Variant == AdamVariant.NAdam, shrinks = _settings.Variant == AdamVariant.AdamW;
        return new AdamPass
        {
            Shrink = shrinks ? (float)(1 - rate * _settings.WeightDecay) : 1,
            Decay = shrinks ? 0 : (float)_settings.WeightDecay,
            Beta1 = (float)_settings.Beta1,
            Beta2 = (float)_settings.Beta2,
            Rest1 = (float)(1 - _settings.Beta1),
            Rest2 = (float)(1 - _settings.Beta2),
            Root = (float)Math.Sqrt(1 - _beta2Power),
            Epsilon = (float)_settings.Epsilon,
            Gradient = isNesterov ? (float)(-rate * (1 - Momentum(_decayPower)) / (1 - _momentumProduct)) : 0,
            Mean = isNesterov ? (float)(-rate * next / (1 - _momentumProduct * next)) : (float)-(rate / (1 - _beta1Power)),
        };
    }

    private double Momentum(double decayPower) => _settings.Beta1 * (1 - 0.5 * decayPower);

    private static Tensor Zeros(Tensor like) => zeros_like(like, requires_grad: false).DetachFromDisposeScope();

    private static Span<float> Values(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
