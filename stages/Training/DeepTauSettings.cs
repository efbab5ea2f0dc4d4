using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Learning;

namespace TauPipeline.Stages;

/// <summary>The block <c>train: deeptau:</c>; without a word in it, DeepTau v2.5's network.</summary>
public sealed record DeepTauSettings(
    LayersSettings Tau,
    LayersSettings Components,
    LayersSettings Merge,
    LayersSettings Dense,
    WindowSettings Windows,
    EmptyGridCells EmptyCells) : INetworkSettings
{
    /// <inheritdoc/>
    public ConstituentForm Takes => ConstituentForm.Grids;

    /// <summary>Reads the block, and what of it counts.</summary>
    public static (DeepTauSettings Settings, SettingsUsed Used) Read(ConfigBlock block)
    {
        const string wide = "2 * n * (1 + drop)", narrow = "n * (1 + drop)";
        (LayersSettings tau, SettingsUsed ofTau) = LayersSettings.Read(block.Block("tau_net"), (wide, narrow, 1.4));
        (LayersSettings components, SettingsUsed ofComponents) =
            LayersSettings.Read(block.Block("component_nets"), (wide, narrow, 1.6));
        (LayersSettings merge, SettingsUsed ofMerge) = LayersSettings.Read(block.Block("merge_net"), ("n", "64", 1.6));
        (LayersSettings dense, SettingsUsed ofDense) = LayersSettings.Read(block.Block("dense_net"), ("200", "200", 1), atLeast: 4);
        (WindowSettings windows, SettingsUsed ofWindows) = WindowSettings.Read(block.Block("convolution"));
        EmptyGridCells empty = block.Choice("empty_cells", ["skip", "constant"], "skip") == "skip" ? EmptyGridCells.Skip : EmptyGridCells.Constant;
        return (
            new(tau, components, merge, dense, windows, empty),
            block.Used().And(ofTau).And(ofComponents).And(ofMerge).And(ofDense).And(ofWindows));
    }

    /// <inheritdoc/>
    public NetworkShape ShapeFor(IReadOnlyList<InputShape> inputs, int classes)
    {
        LayerStack tau = Tau.For(inputs[0].Features);
        GridPart[] grids =
        [
            .. inputs.Where(input => input.IsGrid).GroupBy(input => input.Name.Split('_')[0], StringComparer.Ordinal)
                .Select(grid => Part(grid.Key, [.. grid])),
        ];
        if (grids.Length == 0) throw StageErrors.NoGrids();
        int joined = tau.After(inputs[0].Features) + grids.Sum(grid => grid.Reduction.After(grid.Merge.Widths[^1]));
        return new GridNetworkShape(inputs[0].Features, tau, grids, Dense.For(joined), classes, EmptyCells);
    }

    private GridPart Part(string name, IReadOnlyList<InputShape> inputs)
    {
        LayerStack[] components = [.. inputs.Select(input => Components.For(input.Features))];
        LayerStack merge = Merge.For(components.Sum(stack => stack.Widths[^1]));
        return new(name, inputs, components, merge, Windows.For(name, inputs[0].EtaCells, merge.Widths[^1]));
    }
}
