using TauPipeline.Foundation;
using TauPipeline.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TauPipeline.Learning;

/// <summary>The network of a <see cref="SetNetworkShape"/>.</summary>
internal sealed class SetNetwork : Module<NetworkInputs, Tensor>, IJoinedNetwork
{
    private readonly RowBlocks _tau, _dense;
    private readonly IReadOnlyList<ISetBlocks> _sets;
#pragma warning disable CA2213 // registered parts go with the module
    private readonly BatchNorm1d _norm;
#pragma warning restore CA2213
    private readonly Func<Tensor, Tensor> _output;

    public SetNetwork(SetNetworkShape shape, ulong key, bool isPortable) : base(nameof(SetNetwork))
    {
        shape.Check();
        random.manual_seed((long)key);
        var parts = new NetworkParts(isPortable);
        _tau = new(parts, SetNetworkShape.TauName, shape.TauFeatures, shape.Tau);
        _sets = [.. shape.Sets.Select(set => Of(set, parts))];
        _norm = parts.Norm(SetNetworkShape.JoinedNorm, shape.Joined, SetNetworkShape.Momentum);
        _dense = new(parts, SetNetworkShape.Final, shape.Joined, shape.Dense);
        _output = parts.Dense(SetNetworkShape.Last, shape.Dense.After(shape.Joined), shape.Outputs, isOutput: true);
        foreach ((string name, Module part) in parts.All) register_module(name, part);
    }

    /// <summary>Features and objects of the rows to logits (rows, outputs).</summary>
    public override Tensor forward(NetworkInputs inputs) => Classified(Joined(inputs));

    /// <inheritdoc/>
    public Tensor Joined(NetworkInputs inputs)
    {
        Tensor joined = cat(
            [_tau.Call(inputs[InputShape.Tau], training), .. _sets.Select(set => set.Call(inputs, training))], 1);
        return SafeNormalisation.batch_norm(_norm, joined, training && inputs.Rows > 1);
    }

    /// <inheritdoc/>
    public Tensor Classified(Tensor joined) => _output(_dense.Call(joined, training));

    private static ISetBlocks Of(SetPart part, NetworkParts parts) => part switch
    {
        DeepSetPart deep => new DeepSetBlocks(parts, deep),
        SetTransformerPart transformer => new SetTransformerBlocks(parts, transformer),
        _ => throw new Defect($"a {part.GetType().Name} has no network"),
    };
}

/// <summary>The layers of a <see cref="SetPart"/>.</summary>
internal interface ISetBlocks
{
    /// <summary>The objects of the rows to (rows, <see cref="SetPart.Outputs"/>).</summary>
    Tensor Call(NetworkInputs inputs, bool training);
}
