using TauPipeline.Learning;

namespace TauPipeline.Tests.Unit.Learning;

/// <summary>
/// The grid network from its definition, cell by cell over all cells and in double: an oracle that shares nothing with torch or with
/// the code on filled cells. In training the moments are those of the batch, over the cells that count.
/// </summary>
internal sealed class DenseForward(GridNetworkShape shape, IReadOnlyDictionary<string, double[]> weights, bool training)
{
    /// <summary>Logits of each row.</summary>
    public double[][] Logits(TrainingBatch batch)
    {
        double[][] joined = Blocks("tau", "dense", shape.Tau, Rows(batch.Inputs[0].Values, shape.TauFeatures), _ => true);
        int input = 1;
        foreach (GridPart part in shape.Grids)
        {
            double[][] cells = Grid(part, batch.Rows, [.. batch.Inputs.Skip(input).Take(part.Inputs.Count)]);
            joined = [.. joined.Zip(cells, (one, other) => (double[])[.. one, .. other])];
            input += part.Inputs.Count;
        }
        return [.. Blocks("final", "dense", shape.Dense, joined, _ => true).Select(row => Dense("final_dense_last", row))];
    }

    private double[][] Grid(GridPart part, int rows, IReadOnlyList<InputRows> inputs)
    {
        int side = part.Inputs[0].EtaCells, all = side * side;
        var isFilled = new bool[rows * all];
        double[][] joined = [.. isFilled.Select(_ => Array.Empty<double>())];
        foreach ((InputRows input, LayerStack stack) in inputs.Zip(part.Components))
        {
            double[][] cells = [.. isFilled.Select(_ => new double[input.Shape.Features])];
            for (int row = 0; row < rows; row++)
                for (int at = input.Offsets[row]; at < input.Offsets[row + 1]; at++)
                {
                    isFilled[row * all + input.Cells[at]] = true;
                    for (int i = 0; i < input.Shape.Features; i++)
                        cells[row * all + input.Cells[at]][i] = input.Values[at * input.Shape.Features + i];
                }
            double[][] after = Blocks(input.Shape.Name, "conv", stack, cells, Counts);
            joined = [.. joined.Zip(after, (one, other) => (double[])[.. one, .. other])];
        }
        double[][] grid = Blocks($"{part.Name}_all", "conv", part.Merge, joined, Counts);
        for (int number = 1; number <= part.Reduction.Steps.Count; number++)
            (grid, side) = Step($"{part.Name}_all", number, part.Reduction, grid, rows, side);
        return grid;

        bool Counts(int cell) => shape.EmptyCells == EmptyGridCells.Constant || isFilled[cell];
    }

    private (double[][] Grid, int Side) Step(
        string prefix, int number, GridReduction reduction, double[][] grid, int rows, int side)
    {
        GridStep step = reduction.Steps[number - 1];
        int left = step.IsPooling ? side / step.Window : side - step.Window + 1, stride = step.IsPooling ? step.Window : 1;
        string name = $"{prefix}_{step.Window}x{step.Window}";
        var next = new double[rows * left * left][];
        for (int to = 0; to < next.Length; to++)
        {
            int row = to / (left * left), eta = to / left % left * stride, phi = to % left * stride;
            double[][] window =
            [
                .. from e in Enumerable.Range(eta, step.Window)
                   from p in Enumerable.Range(phi, step.Window)
                   select grid[(row * side + e) * side + p],
            ];
            next[to] = step.IsPooling
                ? [.. window[0].Select((_, channel) => window.Max(cell => cell[channel]))]
                : Convolved($"{name}_conv_{number}", window);
        }
        return (Activated($"{name}_activation_{number}", reduction.Activation, Normed($"{name}_norm_{number}", next, _ => true)), left);
    }

    private double[] Convolved(string name, double[][] window)
    {
        double[] weight = weights[name + ".weight"], sums = [.. weights[name + ".bias"]];
        int channels = window[0].Length;
        for (int filter = 0; filter < sums.Length; filter++)
            for (int channel = 0; channel < channels; channel++)
                for (int cell = 0; cell < window.Length; cell++)
                    sums[filter] += weight[(filter * channels + channel) * window.Length + cell] * window[cell][channel];
        return sums;
    }

    private double[][] Blocks(string prefix, string dense, LayerStack stack, double[][] rows, Func<int, bool> counts)
    {
        for (int number = 1; number <= stack.Widths.Count; number++)
        {
            double[][] sums = [.. rows.Select(row => Dense($"{prefix}_{dense}_{number}", row))];
            rows = Activated($"{prefix}_activation_{number}", stack.Activation, Normed($"{prefix}_norm_{number}", sums, counts));
        }
        return rows;
    }

    private double[] Dense(string name, double[] row)
    {
        double[] weight = weights[name + ".weight"], sums = [.. weights[name + ".bias"]];
        for (int o = 0; o < sums.Length; o++)
            for (int i = 0; i < row.Length; i++) sums[o] += weight[o * row.Length + i] * row[i];
        return sums;
    }

    private double[][] Normed(string name, double[][] rows, Func<int, bool> counts)
    {
        (double[] mean, double[] variance) = (weights[name + ".running_mean"], weights[name + ".running_var"]);
        double[][] some = [.. rows.Where((_, row) => counts(row))];
        if (training && some.Length > 1)
        {
            mean = [.. mean.Select((_, i) => some.Average(row => row[i]))];
            variance = [.. mean.Select((m, i) => some.Average(row => (row[i] - m) * (row[i] - m)))];
        }
        double[] gamma = weights[name + ".weight"], beta = weights[name + ".bias"];
        return
        [
            .. rows.Select(row =>
                (double[])[.. row.Select((value, i) => (value - mean[i]) / Math.Sqrt(variance[i] + 1e-3) * gamma[i] + beta[i])]),
        ];
    }

    private double[][] Activated(string name, string activation, double[][] rows) =>
        [.. rows.Select(row => (double[])[.. row.Select((value, i) => activation switch
        {
            "tanh" => Math.Tanh(value),
            "relu" => Math.Max(value, 0),
            _ => value < 0 ? value * weights[name + ".weight"][i] : value,
        })])];

    private static double[][] Rows(float[] values, int features) =>
        [.. values.Chunk(features).Select(row => (double[])[.. row.Select(value => (double)value)])];
}
