using System.Text.Json.Serialization;
using TauPipeline.Foundation;
using TauPipeline.Tensors;
using static TorchSharp.torch;

namespace TauPipeline.Learning;

/// <summary>What fixes the architecture of a network: one case for each kind, which its model file names.</summary>
/// <param name="Classes">Number of classes, the width of the output.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "Network")]
[JsonDerivedType(typeof(FlatNetworkShape), "flat")]
[JsonDerivedType(typeof(GridNetworkShape), "grids")]
public abstract record NetworkShape(int Classes)
{
    /// <summary>What a row is to the network, in the order of a batch.</summary>
    [JsonIgnore]
    public abstract IReadOnlyList<InputShape> Inputs { get; }

    /// <summary>Refuses what is no network.</summary>
    /// <exception cref="Misuse">A width is not positive, or another number not as described.</exception>
    public abstract void Check();

    /// <summary>Refuses inputs that do not belong together, each of which is right by itself.</summary>
    internal virtual void CheckTogether(IReadOnlyList<InputRows> inputs)
    {
    }

    /// <summary>A network to be trained, whose first weights are drawn from a key; gives logits (rows, classes).</summary>
    internal abstract nn.Module<NetworkInputs, Tensor> Network(ulong key, bool isPortable);

    /// <summary>A trained network.</summary>
    /// <exception cref="StepFailed">A weight is missing or has another shape.</exception>
    internal abstract IPredictor Predictor(TorchFile weights);
}
