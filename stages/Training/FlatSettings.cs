using TauPipeline.Configuration;
using TauPipeline.Learning;

namespace TauPipeline.Stages;

/// <summary>Of <c>train:</c>, what <c>network: flat</c> is made of.</summary>
public sealed record FlatSettings(IReadOnlyList<int> Hidden, double Dropout, bool BatchNorm, string Activation) : INetworkSettings
{
    /// <inheritdoc/>
    public ConstituentForm Takes => ConstituentForm.None;

    /// <summary>Reads its keys.</summary>
    public static FlatSettings Read(ConfigBlock block) => new(
        block.Wholes("hidden", [128, 128, 64], 1, 65_536),
        block.Number("dropout", 0.1, "", 0, 0.95),
        block.Flag("batch_norm", true),
        block.Choice("activation", FlatNetworkShape.Activations, "prelu"));

    /// <inheritdoc/>
    public NetworkShape ShapeFor(IReadOnlyList<InputShape> inputs, int classes) =>
        new FlatNetworkShape(inputs[0].Features, Hidden, classes, Dropout, BatchNorm, Activation);
}
