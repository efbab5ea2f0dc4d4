using TauPipeline.Onnx;
using TauPipeline.Tensors;

namespace TauPipeline.Learning;

/// <summary>
/// A trained <see cref="GridNetwork"/> as graphs: whole, and as CMSSW consumes it (specification 13.2): for each grid one that works out
/// single cells, so that empty ones are worked out once, and the core that takes all cells of them. Grids are (rows, eta, phi, features).
/// </summary>
internal sealed class GridGraphs(GridNetworkShape shape, TorchFile weights)
{
    /// <summary>The whole network first.</summary>
    public IReadOnlyList<ExportedGraph> All() => [Whole(), .. shape.Grids.Zip(Trained, Cells), Core()];

    private IEnumerable<FrozenGrid> Trained => shape.Grids.Select(grid => new FrozenGrid(grid, weights));

    private ExportedGraph Whole()
    {
        var graph = new OnnxGraph(ExportedGraph.Whole);
        string tau = graph.Input(InputShape.Tau, shape.TauFeatures);
        Dictionary<string, string[]> inputs = shape.Grids.ToDictionary(
            grid => grid.Name,
            grid => grid.Inputs.Select(input => graph.Input(input.Name, input.EtaCells, input.PhiCells, input.Features)).ToArray());
        return Joined(graph, tau, grid => OfCells(new(graph, weights), grid, inputs[grid.Name], graph));
    }

    private ExportedGraph Cells(GridPart grid, FrozenGrid trained)
    {
        var graph = new OnnxGraph(grid.Name);
        string cells = OfCells(
            new(graph, weights), grid, [.. grid.Inputs.Select(input => graph.Input(input.Name, input.Features))], graph);
        graph.Output(cells, grid.Merged);
        return new(graph) { EmptyCell = [.. trained.EmptyCell] };
    }

    private ExportedGraph Core()
    {
        var graph = new OnnxGraph(ExportedGraph.Core);
        string tau = graph.Input(InputShape.Tau, shape.TauFeatures);
        Dictionary<string, string> grids = shape.Grids.ToDictionary(
            grid => grid.Name, grid => graph.Input(grid.Name, grid.Inputs[0].EtaCells, grid.Inputs[0].PhiCells, grid.Merged));
        return Joined(graph, tau, grid => grids[grid.Name]);
    }

    private ExportedGraph Joined(OnnxGraph graph, string tau, Func<GridPart, string> cellsOf)
    {
        var layers = new GraphLayers(graph, weights);
        string[] parts =
        [
            layers.Stack(tau, "tau", "dense", shape.TauFeatures, shape.Tau),
            .. shape.Grids.Select(grid => Reduced(graph, layers, grid, cellsOf(grid))),
        ];
        string all = graph.Node("Concat", "joined", parts, OnnxAttribute.Of("axis", -1));
        all = layers.Stack(all, "final", "dense", shape.Joined, shape.Dense);
        layers.Probabilities(all, "final_dense_last", shape.Dense.After(shape.Joined), shape.Classes);
        return new(graph);
    }

    // Channels of cells, whatever dimensions come before.
    private static string OfCells(GraphLayers layers, GridPart grid, string[] inputs, OnnxGraph graph)
    {
        string[] channels =
        [
            .. grid.Inputs.Select((input, i) => layers.Stack(inputs[i], input.Name, "conv", input.Features, grid.Components[i])),
        ];
        string joined = graph.Node("Concat", $"{grid.Name}_joined", channels, OnnxAttribute.Of("axis", -1));
        return graph.Node("Identity", grid.Name, [layers.Stack(joined, $"{grid.Name}_all", "conv", grid.Joined, grid.Merge)]);
    }

    // From the cells to the one at the end: (rows, channels).
    private static string Reduced(OnnxGraph graph, GraphLayers layers, GridPart grid, string cells)
    {
        string prefix = $"{grid.Name}_all", at = graph.Node("Transpose", $"{prefix}_turned", [cells], OnnxAttribute.Of("perm", 0, 3, 1, 2));
        int channels = grid.Merged;
        for (int number = 1; number <= grid.Reduction.Steps.Count; number++)
        {
            GridStep step = grid.Reduction.Steps[number - 1];
            string name = $"{prefix}_{step.Window}x{step.Window}";
            string? norm = grid.Reduction.HasNorm ? $"{name}_norm_{number}" : null;
            if (step.IsPooling)
            {
                at = graph.Node(
                    "MaxPool",
                    $"{name}_pool_{number}",
                    [at],
                    OnnxAttribute.Of("kernel_shape", step.Window, step.Window),
                    OnnxAttribute.Of("strides", step.Window, step.Window));
                if (norm is not null) at = layers.Norm(at, norm, GridNetworkShape.Epsilon, channels);
            }
            else
            {
                at = layers.Convolution(at, $"{name}_conv_{number}", channels, step, (norm, GridNetworkShape.Epsilon));
                channels = step.Filters;
            }
            at = layers.Activation(at, $"{name}_activation_{number}", grid.Reduction.Activation, channels, ofGrids: true);
        }
        return graph.Node("Flatten", $"{prefix}_flat", [at], OnnxAttribute.Of("axis", 1));
    }
}
