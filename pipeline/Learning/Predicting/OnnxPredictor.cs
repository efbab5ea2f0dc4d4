using TauPipeline.Onnx;

namespace TauPipeline.Learning;

/// <summary>A model in ONNX that gives scores of the rows that networks here take: grids are filled up, with zeros where no cell is.</summary>
/// <param name="session">The model; its inputs have the names of the rows' inputs.</param>
/// <param name="output">Its output: (rows, classes).</param>
public sealed class OnnxPredictor(OnnxSession session, string output)
{
    // Rows worked out at once: the memory of their grids.
    private const int Chunk = 1024;

    /// <summary>The output for each row: rows times classes, row by row.</summary>
    /// <exception cref="Foundation.StepFailed">The model does not take these inputs.</exception>
    public float[] Predict(IReadOnlyList<InputRows> inputs, int rows)
    {
        var all = new List<float>();
        for (int first = 0; first < rows; first += Chunk)
        {
            int some = Math.Min(Chunk, rows - first);
            all.AddRange(session.Run(
                inputs.ToDictionary(input => input.Shape.Name, input => Dense(input, first, some), StringComparer.Ordinal), output));
        }
        return [.. all];
    }

    private static (float[] Values, long[] Shape) Dense(InputRows input, int first, int rows)
    {
        InputShape shape = input.Shape;
        if (!shape.IsGrid) return (input.Values.AsSpan(first * shape.Features, rows * shape.Features).ToArray(), [rows, shape.Features]);
        var dense = new float[rows * shape.Cells * shape.Features];
        for (int row = 0; row < rows; row++)
            for (int at = input.Offsets[first + row]; at < input.Offsets[first + row + 1]; at++)
                input.Values.AsSpan(at * shape.Features, shape.Features)
                    .CopyTo(dense.AsSpan((row * shape.Cells + input.Cells[at]) * shape.Features));
        return (dense, [rows, shape.EtaCells, shape.PhiCells, shape.Features]);
    }
}
