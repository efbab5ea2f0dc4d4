using TauPipeline.Tensors;
using static TorchSharp.torch;

namespace TauPipeline.Learning;

/// <summary>The state of a network, taken out to rest and given back.</summary>
internal static class TensorState
{
    /// <summary>Weights and running moments of a network; how many batches there were says nothing that is used.</summary>
    public static IEnumerable<(string Name, Tensor Value)> Of(nn.Module network) =>
        network.state_dict().Where(one => one.Value.dtype == ScalarType.Float32).Select(one => (one.Key, one.Value));

    /// <summary>A copy of all tensors, in their order.</summary>
    public static IReadOnlyList<StoredTensor> Taken(IEnumerable<(string Name, Tensor Value)> state) =>
        [.. state.Select(tensor => StoredTensor.From(tensor.Name, tensor.Value))];

    /// <summary>Gives each tensor the values stored under its name, with a prefix.</summary>
    public static void Restore(IEnumerable<(string Name, Tensor Value)> state, TorchFile from, string prefix)
    {
        foreach ((string name, Tensor value) in state) from.Find(prefix + name).CopyTo(value);
    }

    /// <summary>The same tensors with a prefix before each name.</summary>
    public static IEnumerable<StoredTensor> Below(string prefix, IEnumerable<StoredTensor> tensors) =>
        tensors.Select(tensor => tensor with { Name = prefix + tensor.Name });
}
