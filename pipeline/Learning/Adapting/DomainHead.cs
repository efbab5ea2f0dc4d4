using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TauPipeline.Learning;

/// <summary>
/// The adversary's layers: blocks like those that the classes have on the common representation (of a flat network, one like its last
/// hidden layer), and one output. Layers are called <c>final_adv_dense_1</c>… and <c>final_dense_adv</c>; no model file has them.
/// </summary>
internal sealed class DomainHead : Module<Tensor, Tensor>
{
    private const string Prefix = "final_adv", Output = "final_dense_adv";

    private readonly RowBlocks _blocks;
    private readonly Func<Tensor, Tensor> _output;

    /// <summary>On the common representation of such a network.</summary>
    /// <exception cref="Foundation.Misuse">It has no common layers.</exception>
    public DomainHead(NetworkShape shape, ulong key, bool isPortable) : base(nameof(DomainHead))
    {
        (int joined, LayerStack stack) = shape switch
        {
            GridNetworkShape grids => (grids.Joined, grids.Dense),
            SetNetworkShape sets => (sets.Joined, sets.Dense),
            FlatNetworkShape { Hidden: [.., int last] } flat => (last, new LayerStack([last], flat.Activation, flat.Dropout)),
            _ => throw LearningErrors.NoNetwork("adaptation", "no hidden layer", "at least one, which both domains have in common"),
        };
        random.manual_seed((long)key);
        var parts = new NetworkParts(isPortable);
        _blocks = new(parts, Prefix, joined, stack);
        _output = parts.Dense(Output, stack.After(joined), 1, isOutput: true);
        foreach ((string name, Module part) in parts.All) register_module(name, part);
    }

    /// <summary>(rows, numbers) to the logits (rows, 1) of being data.</summary>
    public override Tensor forward(Tensor joined) => _output(_blocks.Call(joined, training));
}
