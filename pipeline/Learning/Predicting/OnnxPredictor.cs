using TauPipeline.Onnx;

namespace TauPipeline.Learning;

/// <summary>A model in ONNX that scores the rows that networks here take: grids are filled up, with zeros where no cell is.</summary>
public sealed class OnnxPredictor : IDisposable
{
    // Numbers that go in at once, 8 MB of them: filled up, a row's grids have some hundred thousand.
    private const int Chunk = 2_000_000;

    private readonly OnnxSession _session;
    private readonly string _output;

    /// <summary>Loads a model.</summary>
    /// <param name="model">The bytes of its file; its inputs have the names of the rows' inputs.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="output">Name of its output: (rows, classes).</param>
    /// <exception cref="Foundation.StepFailed">It is no model that ONNX Runtime takes.</exception>
    public OnnxPredictor(byte[] model, string name, string output) => (_session, _output) = (new(model, name), output);

    /// <summary>What runs the model.</summary>
    public static IReadOnlyList<string> Tools => OnnxSession.Tools;

    /// <summary>What its scores depend on to the last bit.</summary>
    public static IReadOnlyList<string> ScoreTools => [.. OnnxSession.Tools, OnnxSession.Processor];

    /// <summary>The output for each row: rows times classes, row by row.</summary>
    /// <exception cref="Foundation.StepFailed">The model does not take these inputs.</exception>
    public float[] Predict(IReadOnlyList<InputRows> inputs, int rows)
    {
        var all = new List<float>();
        int numbers = inputs.Sum(input => input.Shape.Features * Math.Max(1, input.Shape.Cells)), most = Math.Max(1, Chunk / numbers);
        for (int first = 0; first < rows; first += most)
        {
            int some = Math.Min(most, rows - first);
            all.AddRange(_session.Run(
                inputs.ToDictionary(input => input.Shape.Name, input => Dense(input, first, some), StringComparer.Ordinal), _output));
        }
        return [.. all];
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

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
