using System.Text.Json.Serialization;
using TauPipeline.Tensors;
using static TorchSharp.torch;

namespace TauPipeline.Learning;

/// <summary>
/// Blocks on the candidate's own features, a part on each list of its objects, batch normalisation of all that comes out of them, and dense
/// blocks on it (specification atlas-upp-and-balanced-batches 10.3).
/// </summary>
/// <param name="TauFeatures">Features of the candidate.</param>
/// <param name="Tau">Blocks on them.</param>
/// <param name="Sets">The lists.</param>
/// <param name="Dense">Blocks on all together.</param>
/// <param name="Classes">Number of classes.</param>
public sealed record SetNetworkShape(
    int TauFeatures,
    LayerStack Tau,
    IReadOnlyList<SetPart> Sets,
    LayerStack Dense,
    int Classes) : NetworkShape(Classes)
{
    /// <summary>The layers that all parts share.</summary>
    internal const string TauName = "tau", JoinedNorm = "joined_norm", Final = "final", Last = "final_dense_last";

    /// <summary>Part of a batch in the running moments: torch's number, since samples may be small.</summary>
    internal const double Momentum = 0.1;

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<InputShape> Inputs => [new(InputShape.Tau, TauFeatures), .. Sets.Select(set => set.Input)];

    /// <summary>Numbers that the dense blocks take.</summary>
    internal int Joined => Tau.After(TauFeatures) + Sets.Sum(set => set.Outputs);

    /// <inheritdoc/>
    public override void Check()
    {
        if (TauFeatures < 1) throw LearningErrors.NoNetwork("inputs", $"{TauFeatures}", "at least 1");
        if (Classes < 2) throw LearningErrors.NoNetwork("classes", $"{Classes}", "at least 2");
        if (Inputs.GroupBy(input => input.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw LearningErrors.NoNetwork("inputs", $"'{twice.Key}' twice", "different names");
        Tau.Check("'tau'");
        foreach (SetPart set in Sets) set.Check();
        Dense.Check("'final'");
    }

    internal override nn.Module<NetworkInputs, Tensor> Network(ulong key, bool isPortable) => new SetNetwork(this, key, isPortable);

    internal override IPredictor Predictor(TorchFile weights) => new SetPredictor(this, weights);
}
