using TauPipeline.Foundation;
using TauPipeline.Tensors;

namespace TauPipeline.Learning;

/// <summary>A trained <see cref="GridNetwork"/>.</summary>
internal sealed class GridPredictor : IPredictor
{
    // Rows worked out at once: the memory of their grids. No score depends on it.
    private const int Chunk = 32;

    private readonly GridNetworkShape _shape;
    private readonly FrozenStack _tau;
    private readonly IReadOnlyList<FrozenGrid> _grids;
    private readonly FrozenOutput _output;

    /// <summary>From the weights under their names.</summary>
    /// <exception cref="StepFailed">A weight is missing or has another shape.</exception>
    public GridPredictor(GridNetworkShape shape, TorchFile weights)
    {
        _shape = shape;
        _tau = FrozenStack.Of(weights, "tau", "dense", shape.TauFeatures, shape.Tau);
        _grids = [.. shape.Grids.Select(grid => new FrozenGrid(grid, weights))];
        _output = new(
            FrozenStack.Of(weights, "final", "dense", shape.Joined, shape.Dense),
            FrozenWeights.Dense(weights, "final_dense_last", shape.Dense.After(shape.Joined), shape.Outputs),
            shape.OutputWidths);
    }

    /// <inheritdoc/>
    public float[] Predict(IReadOnlyList<InputRows> inputs, int rows)
    {
        var probabilities = new float[rows * _shape.Outputs];
        for (int first = 0; first < rows; first += Chunk)
            Predict(inputs, first, Math.Min(Chunk, rows - first), probabilities.AsSpan(first * _shape.Outputs));
        return probabilities;
    }

    private void Predict(IReadOnlyList<InputRows> inputs, int first, int rows, Span<float> probabilities)
    {
        float[] joined = new float[rows * _shape.Joined], tau = new float[rows * _tau.Outputs];
        _tau.Apply(inputs[0].Values.AsSpan(first * _shape.TauFeatures), rows, tau);
        Joint.Lay(tau, _tau.Outputs, joined, _shape.Joined, 0);
        (int column, int input) = (_tau.Outputs, 1);
        foreach ((GridPart part, FrozenGrid grid) in _shape.Grids.Zip(_grids))
        {
            Joint.Lay(
                grid.Apply([.. inputs.Skip(input).Take(part.Inputs.Count)], first, rows),
                part.Outputs,
                joined,
                _shape.Joined,
                column);
            (column, input) = (column + part.Outputs, input + part.Inputs.Count);
        }
        _output.Apply(joined, rows, probabilities);
    }
}
