using TauPipeline.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TauPipeline.Learning;

/// <summary>
/// Per hidden layer: dense, batch normalisation, activation, dropout (the order of DeepTau's dense blocks); then a dense
/// output. A <c>torch.nn.Module</c>, whose state has the names that stand in the file.
/// </summary>
internal sealed class FlatNetwork : Module<NetworkInputs, Tensor>, IJoinedNetwork
{
    private const double FirstSlope = 0.25;

    private readonly bool _isPortable;
#pragma warning disable CA2213 // registered parts go with the module
    private readonly ModuleList<Linear> _hidden;
    private readonly ModuleList<BatchNorm1d> _norm;
    private readonly ModuleList<Module<Tensor, Tensor>> _activation;
    private readonly Dropout _dropout;
    private readonly Linear _output;
#pragma warning restore CA2213

    /// <summary>Weights drawn from <paramref name="key"/>: Kaiming before a rectifier, Xavier before the output; biases zero.</summary>
    public FlatNetwork(FlatNetworkShape shape, ulong key, bool isPortable) : base(nameof(FlatNetwork))
    {
        shape.Check();
        random.manual_seed((long)key);
        _isPortable = isPortable;
        bool isLearned = shape.Activation == "prelu";
        int[] inputs = [shape.Features, .. shape.Hidden];
        _hidden = new([
            .. shape.Hidden.Select(
                (width, layer) => Dense(inputs[layer], width, weight => init.kaiming_uniform_(weight, isLearned ? FirstSlope : 0))),
        ]);
        _norm = new([.. shape.Hidden.Where(_ => shape.BatchNorm).Select(width => BatchNorm1d(width))]);
        _activation = new([.. shape.Hidden.Select(width => isLearned ? (Module<Tensor, Tensor>)PReLU(width, FirstSlope) : ReLU())]);
        _dropout = Dropout(shape.Dropout);
        _output = Dense(inputs[^1], shape.Outputs, weight => init.xavier_uniform_(weight));
        foreach (
            (string name, Module part) in ((string, Module)[])
                [("hidden", _hidden), ("norm", _norm), ("activation", _activation), ("dropout", _dropout), ("output", _output)])
            register_module(name, part);
    }

    /// <summary>The features of the rows to logits (rows, outputs).</summary>
    public override Tensor forward(NetworkInputs inputs) => Classified(Joined(inputs));

    /// <inheritdoc/>
    public Tensor Joined(NetworkInputs inputs)
    {
        Tensor input = inputs[InputShape.Tau];
        for (int layer = 0; layer < _hidden.Count; layer++)
        {
            input = Apply(_hidden[layer], input);
            if (_norm.Count > 0) input = Normalised(_norm[layer], input);
            input = _dropout.call(_activation[layer].call(input));
        }
        return input;
    }

    /// <inheritdoc/>
    public Tensor Classified(Tensor joined) => Apply(_output, joined);

    private Tensor Apply(Linear dense, Tensor input) =>
        _isPortable ? PortableLinear.linear(input, dense.weight, dense.bias) : dense.call(input);

    // A batch of one row has no variance of its own: it is normalised with the running moments, in training too.
    private Tensor Normalised(BatchNorm1d norm, Tensor input) =>
        SafeNormalisation.batch_norm(norm, input, training && input.shape[0] > 1);

    private static Linear Dense(int inputs, int outputs, Action<Tensor> draw)
    {
        Linear dense = Linear(inputs, outputs);
        using IDisposable none = no_grad();
        draw(dense.weight);
        dense.bias!.zero_();
        return dense;
    }
}
