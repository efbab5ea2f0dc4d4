using TauPipeline.Tensors;
using static TorchSharp.torch;

namespace TauPipeline.Learning;

/// <summary>
/// A running mean of the weights and running moments of a network: steadier than the weights of the last step (Polyak and Juditsky
/// 1992). Young averages forget faster, so that the first weights do not stay in it.
/// </summary>
internal sealed class WeightAverage : IDisposable
{
    private const string StepsName = "step";

    private readonly IReadOnlyList<(string Name, Tensor Value, Tensor Mean)> _state;
    private readonly double _kept;
    private long _steps;

    /// <summary>Of this network, keeping that much of the mean at each step.</summary>
    public WeightAverage(nn.Module network, double kept)
    {
        _kept = kept;
        using IDisposable none = no_grad();
        _state =
        [
            .. TensorState.Of(network).Select(one => (one.Name, one.Value, one.Value.detach().clone().DetachFromDisposeScope())),
        ];
    }

    /// <summary>Takes the weights as they are now into the mean.</summary>
    public void Take()
    {
        float kept = (float)Math.Min(_kept, (1.0 + _steps) / (10 + _steps));
        _steps++;
        using IDisposable none = no_grad();
        foreach ((_, Tensor value, Tensor mean) in _state) mean.times_(kept).plus_(value, 1 - kept);
    }

    /// <summary>Lays the means in the network's place until the answer is disposed of.</summary>
    public IDisposable Used() => new Swapped(_state);

    /// <summary>A copy of the means, and how many steps are in them.</summary>
    public IReadOnlyList<StoredTensor> Taken() =>
    [
        .. _state.Select(one => StoredTensor.From(one.Name, one.Mean)),
        new(StepsName, ScalarType.Int64, [1], BitConverter.GetBytes(_steps)),
    ];

    /// <summary>Goes on from such a copy.</summary>
    public void Restore(Func<string, StoredTensor> find)
    {
        foreach ((string name, _, Tensor mean) in _state) find(name).CopyTo(mean);
        _steps = find(StepsName).ToLongs()[0];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((_, _, Tensor mean) in _state) mean.Dispose();
    }

    private sealed class Swapped : IDisposable
    {
        private readonly IReadOnlyList<(string Name, Tensor Value, Tensor Mean)> _state;

        public Swapped(IReadOnlyList<(string Name, Tensor Value, Tensor Mean)> state)
        {
            _state = state;
            Swap();
        }

        public void Dispose() => Swap();

        private void Swap()
        {
            using IDisposable none = no_grad();
            foreach ((_, Tensor value, Tensor mean) in _state)
            {
                using Tensor kept = value.clone();
                value.copy_(mean);
                mean.copy_(kept);
            }
        }
    }
}
