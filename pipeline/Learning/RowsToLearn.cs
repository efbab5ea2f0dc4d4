namespace TauPipeline.Learning;

/// <summary>Gathers rows into a batch of a fixed number of rows.</summary>
public sealed class RowsToLearn
{
    private readonly int _inputs;
    private readonly float[] _features, _weights;
    private readonly int[] _labels;
    private int _rows;

    /// <summary>Room for so many rows of so many inputs.</summary>
    public RowsToLearn(int rows, int inputs)
    {
        _inputs = inputs;
        (_features, _labels, _weights) = (new float[checked(rows * inputs)], new int[rows], new float[rows]);
    }

    /// <summary>Whether there is no room left.</summary>
    public bool IsFull => _rows == _labels.Length;

    /// <summary>All rows, once it is full.</summary>
    public TrainingBatch Batch => new(_rows, _features, _labels, _weights);

    /// <summary>Adds consecutive rows.</summary>
    public void Add(ReadOnlySpan<float> features, ReadOnlySpan<int> labels, ReadOnlySpan<float> weights)
    {
        features.CopyTo(_features.AsSpan(_rows * _inputs));
        labels.CopyTo(_labels.AsSpan(_rows));
        weights.CopyTo(_weights.AsSpan(_rows));
        _rows += labels.Length;
    }

    /// <summary>Adds one row of another batch.</summary>
    public void Add(in TrainingBatch from, int row) =>
        Add(from.Features.AsSpan(row * _inputs, _inputs), from.Labels.AsSpan(row, 1), from.Weights.AsSpan(row, 1));
}
