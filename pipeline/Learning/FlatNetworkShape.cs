using System.Text.Json.Serialization;
using TauPipeline.Foundation;
using TauPipeline.Tensors;
using static TorchSharp.torch;

namespace TauPipeline.Learning;

/// <summary>A dense network on one row of features per candidate: what fixes its architecture.</summary>
/// <param name="Features">Number of features.</param>
/// <param name="Hidden">Width of each hidden layer, first to last.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="Dropout">Share of each hidden layer's outputs left out in training, in [0, 1).</param>
/// <param name="BatchNorm">Whether each hidden layer is normalised over the batch before its activation.</param>
/// <param name="Activation">One of <see cref="Activations"/>.</param>
public sealed record FlatNetworkShape(
    int Features,
    IReadOnlyList<int> Hidden,
    int Classes,
    double Dropout,
    bool BatchNorm,
    string Activation) : NetworkShape(Classes)
{
    /// <summary>Added to a variance: torch's number.</summary>
    internal const double Epsilon = 1e-5;

    /// <summary>The activations known.</summary>
    public static IReadOnlyList<string> Activations { get; } = ["relu", "prelu"];

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<InputShape> Inputs => [new(InputShape.Tau, Features)];

    /// <inheritdoc/>
    public override void Check()
    {
        if (Features < 1) throw LearningErrors.NoNetwork("inputs", $"{Features}", "at least 1");
        if (Hidden.Any(width => width < 1)) throw LearningErrors.NoNetwork("hidden", string.Join(", ", Hidden), "widths of at least 1");
        if (Classes < 2) throw LearningErrors.NoNetwork("classes", $"{Classes}", "at least 2");
        if (!(Dropout >= 0 && Dropout < 1)) throw LearningErrors.NoNetwork("dropout", SettingsUsed.Canonical(Dropout), "from 0 to below 1");
        if (!Activations.Contains(Activation)) throw LearningErrors.NoNetwork("activation", Activation, string.Join(", ", Activations));
    }

    internal override nn.Module<NetworkInputs, Tensor> Network(ulong key, bool isPortable) => new FlatNetwork(this, key, isPortable);

    internal override IPredictor Predictor(TorchFile weights) => new FlatPredictor(this, weights);
}
