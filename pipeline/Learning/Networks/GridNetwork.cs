using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TauPipeline.Learning;

/// <summary>
/// The network of a <see cref="GridNetworkShape"/>. A <c>torch.nn.Module</c> whose layers have DeepTau's names.
/// </summary>
internal sealed class GridNetwork : Module<NetworkInputs, Tensor>, IJoinedNetwork
{
    private readonly GridNetworkShape _shape;
    private readonly RowBlocks _tau, _dense;
    private readonly List<(GridPart Part, List<CellBlocks> Components, CellBlocks Merge, GridBlocks Reduction)> _grids = [];
    private readonly Func<Tensor, Tensor> _output;

    public GridNetwork(GridNetworkShape shape, ulong key, bool isPortable) : base(nameof(GridNetwork))
    {
        shape.Check();
        _shape = shape;
        random.manual_seed((long)key);
        var parts = new NetworkParts(isPortable);
        _tau = new(parts, "tau", shape.TauFeatures, shape.Tau);
        foreach (GridPart grid in shape.Grids)
            _grids.Add((
                grid,
                [.. grid.Inputs.Zip(grid.Components, (input, stack) => new CellBlocks(parts, input.Name, input.Features, stack))],
                new(parts, $"{grid.Name}_all", grid.Joined, grid.Merge),
                new(parts, $"{grid.Name}_all", grid.Merged, grid.Reduction)));
        _dense = new(parts, "final", shape.Joined, shape.Dense);
        _output = parts.Dense("final_dense_last", shape.Dense.After(shape.Joined), shape.Outputs, isOutput: true);
        foreach ((string name, Module part) in parts.All) register_module(name, part);
    }

    /// <summary>Features and filled cells of the rows to logits (rows, outputs).</summary>
    public override Tensor forward(NetworkInputs inputs) => Classified(Joined(inputs));

    /// <inheritdoc/>
    public Tensor Joined(NetworkInputs inputs)
    {
        IEnumerable<Tensor> joined =
        [
            _tau.Call(inputs[InputShape.Tau], training),
            .. _grids.Select(grid =>
                grid.Reduction.Call(
                    Filled(grid.Part, inputs, Cells(grid.Part, grid.Components, grid.Merge, inputs)),
                    training)),
        ];
        return cat([.. joined], 1);
    }

    /// <inheritdoc/>
    public Tensor Classified(Tensor joined) => _output(_dense.Call(joined, training));

    // (filled cells and an empty one, channels)
    private Tensor Cells(GridPart part, List<CellBlocks> components, CellBlocks merge, NetworkInputs inputs)
    {
        long filled = inputs[part.Inputs[0].Name].shape[0];
        long empty = _shape.EmptyCells == EmptyGridCells.Skip ? 0 : (long)inputs.Rows * part.Inputs[0].Cells - filled;
        IEnumerable<Tensor> each = part.Inputs
            .Zip(components, (input, blocks) => blocks.Call(WithEmpty(inputs[input.Name]), empty, training));
        Tensor joined = cat([.. each], 1);
        return merge.Call(joined, empty, training);
    }

    private static Tensor WithEmpty(Tensor filled) => cat([filled, zeros(1, filled.shape[1], device: filled.device)]);

    // (rows, channels, eta, phi)
    private static Tensor Filled(GridPart part, NetworkInputs inputs, Tensor cells)
    {
        InputShape grid = part.Inputs[0];
        long filled = cells.shape[0] - 1;
        Tensor all = cells.narrow(0, filled, 1).expand((long)inputs.Rows * grid.Cells, -1);
        if (filled > 0) all = all.index_copy(0, inputs.Places(grid), cells.narrow(0, 0, filled));
        return all.reshape(inputs.Rows, grid.EtaCells, grid.PhiCells, -1).permute(0, 3, 1, 2).contiguous();
    }
}
