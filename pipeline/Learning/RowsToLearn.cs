namespace TauPipeline.Learning;

/// <summary>Gathers rows into a batch of a fixed number of rows.</summary>
public sealed class RowsToLearn
{
    private readonly GatheredInput[] _inputs;
    private readonly float[] _weights;
    private readonly int[] _labels;
    private int _rows;

    /// <summary>Room for so many rows with these inputs.</summary>
    public RowsToLearn(int rows, IReadOnlyList<InputShape> inputs)
    {
        _inputs = [.. inputs.Select(shape => new GatheredInput(shape, rows))];
        (_labels, _weights) = (new int[rows], new float[rows]);
    }

    /// <summary>Whether there is no room left.</summary>
    public bool IsFull => _rows == _labels.Length;

    /// <summary>All rows, once it is full.</summary>
    public TrainingBatch Batch => new(_rows, GatheredInput.Rows(_inputs), _labels, _weights);

    /// <summary>Adds consecutive rows: all that the inputs hold, in the order of the shapes.</summary>
    public void Add(IReadOnlyList<InputRows> inputs, ReadOnlySpan<int> labels, ReadOnlySpan<float> weights) =>
        Add(inputs, 0, labels, weights);

    /// <summary>Adds one row of another batch.</summary>
    public void Add(in TrainingBatch from, int row) =>
        Add(from.Inputs, row, from.Labels.AsSpan(row, 1), from.Weights.AsSpan(row, 1));

    private void Add(IReadOnlyList<InputRows> inputs, int first, ReadOnlySpan<int> labels, ReadOnlySpan<float> weights)
    {
        for (int i = 0; i < _inputs.Length; i++) _inputs[i].Add(inputs[i], first, labels.Length);
        labels.CopyTo(_labels.AsSpan(_rows));
        weights.CopyTo(_weights.AsSpan(_rows));
        _rows += labels.Length;
    }
}
