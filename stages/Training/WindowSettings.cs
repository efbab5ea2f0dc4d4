using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Learning;

namespace TauPipeline.Stages;

/// <summary>The block <c>train: deeptau: convolution:</c>: windows over cells until one cell is left.</summary>
/// <param name="Window">Cells a side of a window.</param>
/// <param name="Rate">By how much a grid's numbers become fewer with each step; <see langword="null"/> keeps the channels.</param>
/// <param name="Pooling">Number of the step of the grid <c>outer</c> that is pooling; 0 is none.</param>
/// <param name="Activation">After each step.</param>
/// <param name="Dropout">After each activation.</param>
public sealed record WindowSettings(int Window, double? Rate, int Pooling, string Activation, double Dropout)
{
    private const string Pooled = "outer";

    /// <summary>Reads the block, and what of it counts.</summary>
    public static (WindowSettings Settings, SettingsUsed Used) Read(ConfigBlock block)
    {
        double rate = block.Number("reduction_rate", 0, "", 0, 1e6);
        var settings = new WindowSettings(
            (int)block.Whole("window", 3, 2, 1001),
            rate == 0 ? null : rate,
            (int)block.Whole("pooling", 0, 0, 1000),
            block.Choice("activation", LayerStack.Activations, "prelu"),
            block.Number("dropout", 0.2, "", 0, 0.95));
        return (settings, block.Used());
    }

    /// <summary>The steps of a grid.</summary>
    public GridReduction For(string grid, int cells, int channels) => new(
        GridReduction.DeepTau(cells, channels, Window, Rate, grid == Pooled ? Pooling : 0), Activation, Dropout);
}
