using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Learning;

namespace TauPipeline.Stages;

/// <summary>A block of <c>train: deeptau:</c> that states dense layers: their widths fall from the first to the last.</summary>
/// <param name="Activation">After each layer.</param>
/// <param name="Dropout">After each activation.</param>
/// <param name="First">Width of the first layer.</param>
/// <param name="Last">Width of the last.</param>
/// <param name="Rate">By how much a layer is narrower than the one before.</param>
public sealed record LayersSettings(string Activation, double Dropout, WidthFormula First, WidthFormula Last, double Rate)
{
    private int? AtLeast { get; init; }

    private int? AtMost { get; init; }

    /// <summary>Reads a block; its defaults are DeepTau's.</summary>
    public static (LayersSettings Layers, SettingsUsed Used) Read(
        ConfigBlock block, (string First, string Last, double Rate) widths, int? atLeast = null)
    {
        long least = block.Whole("min_layers", atLeast ?? 0, 0, 1000), most = block.Whole("max_layers", 0, 0, 1000);
        var layers = new LayersSettings(
            block.Choice("activation", LayerStack.Activations, "prelu"),
            block.Number("dropout", 0.2, "", 0, 0.95),
            WidthFormula.Read(block, "first", widths.First),
            WidthFormula.Read(block, "last", widths.Last),
            block.Number("reduction_rate", widths.Rate, "", 1, 1e6))
        {
            AtLeast = least == 0 ? null : (int)least,
            AtMost = most == 0 ? null : (int)most,
        };
        return (layers, block.Used());
    }

    /// <summary>The layers on so many numbers.</summary>
    public LayerStack For(int inputs) => new(
        new LayerWidths(First.For(inputs, Dropout), Last.For(inputs, Dropout), Rate) { AtLeast = AtLeast, AtMost = AtMost }.All(),
        Activation,
        Dropout);
}
