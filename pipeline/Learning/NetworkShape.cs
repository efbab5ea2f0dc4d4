using System.Text.Json.Serialization;
using TauPipeline.Foundation;
using TauPipeline.Tensors;
using static TorchSharp.torch;

namespace TauPipeline.Learning;

/// <summary>What fixes the architecture of a network: one case for each kind, which its model file names.</summary>
/// <param name="Classes">Number of classes, the first outputs.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "Network")]
[JsonDerivedType(typeof(FlatNetworkShape), "flat")]
[JsonDerivedType(typeof(GridNetworkShape), "grids")]
[JsonDerivedType(typeof(SetNetworkShape), "sets")]
public abstract record NetworkShape(int Classes)
{
    /// <summary>What a row is to the network, in the order of a batch.</summary>
    [JsonIgnore]
    public abstract IReadOnlyList<InputShape> Inputs { get; }

    /// <summary>What it tells beside the class, output after output; <see langword="null"/> for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<OutputHead>? Heads { get; init; }

    /// <summary>Width of the output: the classes, then the values of each head.</summary>
    [JsonIgnore]
    public int Outputs => OutputWidths.Sum();

    /// <summary>How many outputs belong together, whose probabilities sum to 1: of the classes, then of each head.</summary>
    internal IReadOnlyList<int> OutputWidths => [Classes, .. (Heads ?? []).Select(head => head.Values)];

    /// <summary>Refuses what is no network.</summary>
    /// <exception cref="Misuse">A width is not positive, or another number not as described.</exception>
    public abstract void Check();

    /// <summary>Refuses inputs that do not belong together, each of which is right by itself.</summary>
    internal virtual void CheckTogether(IReadOnlyList<InputRows> inputs)
    {
    }

    /// <summary>A network to be trained, whose first weights are drawn from a key; gives logits (rows, outputs).</summary>
    internal abstract nn.Module<NetworkInputs, Tensor> Network(ulong key, bool isPortable);

    /// <summary>A trained network.</summary>
    /// <exception cref="StepFailed">A weight is missing or has another shape.</exception>
    internal abstract IPredictor Predictor(TorchFile weights);
}
