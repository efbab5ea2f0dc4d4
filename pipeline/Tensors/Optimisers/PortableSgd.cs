using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TauPipeline.Tensors;

/// <summary>Stochastic gradient descent with momentum, value by value in the order of operations of <c>torch.optim.SGD</c>.</summary>
public sealed class PortableSgd : IOptimiser
{
    private readonly SgdSettings _settings;
    private readonly IReadOnlyList<(string Name, Parameter Weight, Tensor Move)> _weights;

    /// <summary>An optimiser of these weights, which lie in main memory.</summary>
    public PortableSgd(IEnumerable<(string Name, Parameter Weight)> weights, SgdSettings settings)
    {
        _settings = settings;
        _weights =
        [
            .. weights.Select(one =>
                (one.Name, one.Weight, zeros_like(one.Weight, requires_grad: false).DetachFromDisposeScope())),
        ];
    }

    /// <inheritdoc/>
    public void Step(double rate)
    {
        using IDisposable none = no_grad();
        foreach ((_, Parameter weight, Tensor move) in _weights)
        {
            using DisposeScope scope = NewDisposeScope();
            if (weight.grad is not { } gradient) continue;
            Pass(Values(weight), Values(gradient.contiguous()), Values(move), (float)rate);
            weight.grad = null;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<StoredTensor> Taken() =>
        [.. _weights.Select(one => StoredTensor.From($"{one.Name}.momentum_buffer", one.Move))];

    /// <inheritdoc/>
    public void Restore(Func<string, StoredTensor> find)
    {
        foreach ((string name, _, Tensor move) in _weights) find($"{name}.momentum_buffer").CopyTo(move);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((_, _, Tensor move) in _weights) move.Dispose();
    }

    // A first move is the gradient, as for torch: the moves start at zero.
    private void Pass(Span<float> weights, ReadOnlySpan<float> gradients, Span<float> moves, float rate)
    {
        float momentum = (float)_settings.Momentum, decay = (float)_settings.WeightDecay;
        for (int i = 0; i < weights.Length; i++)
        {
            float gradient = gradients[i] + decay * weights[i];
            float move = moves[i] = momentum * moves[i] + gradient;
            weights[i] -= rate * (_settings.Nesterov ? gradient + momentum * move : move);
        }
    }

    private static Span<float> Values(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
