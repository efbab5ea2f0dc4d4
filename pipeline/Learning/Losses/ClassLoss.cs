namespace TauPipeline.Learning;

/// <summary>
/// Sums up loss (of the classes and of heads beside them) and accuracy over rows, in double and row by row, so that no library's order of
/// summing shows.
/// </summary>
internal sealed class ClassLoss(int classes, IRowLoss loss, HeadLosses? heads = null)
{
    private readonly double[] _loss = new double[classes], _weight = new double[classes];
    private readonly int _width = classes + (heads?.Width ?? 0);
    private readonly double[] _logits = new double[classes + (heads?.Width ?? 0)], _slopes = new double[classes + (heads?.Width ?? 0)];
    private double _right;

    /// <summary>Weighted sum over all rows.</summary>
    public double Sum => _loss.Sum();

    /// <summary>Weighted mean over all rows.</summary>
    public double Loss => Sum / Weight;

    /// <summary>Weighted share of rows whose largest logit is the right one, the first of equals.</summary>
    public double Accuracy => _right / Weight;

    /// <summary>Sum of weights.</summary>
    public double Weight => _weight.Sum();

    /// <summary>Weighted mean over the rows of each class.</summary>
    public IReadOnlyList<double?> PerClass => [.. _loss.Zip(_weight, (loss, weight) => weight == 0 ? (double?)null : loss / weight)];

    /// <summary>Adds a batch.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="logits">Rows times outputs: classes, then heads.</param>
    /// <param name="slopes">Takes the derivatives of the batch's weighted loss, divided by its rows, by each logit; or is empty.</param>
    public void Add(TrainingBatch batch, ReadOnlySpan<float> logits, Span<float> slopes = default)
    {
        for (int row = 0; row < batch.Rows; row++)
        {
            for (int o = 0; o < _width; o++) _logits[o] = logits[row * _width + o];
            int label = batch.Labels[row];
            double weight = batch.Weights[row];
            double value = loss.Of(_logits.AsSpan(0, classes), label, _slopes.AsSpan(0, classes));
            if (heads is not null) value += heads.Of(batch, row, _logits.AsSpan(classes), _slopes.AsSpan(classes));
            _loss[label] += weight * value;
            _weight[label] += weight;
            if (Largest(_logits.AsSpan(0, classes)) == label) _right += weight;
            if (slopes.IsEmpty) continue;
            for (int o = 0; o < _width; o++) slopes[row * _width + o] = (float)(weight * _slopes[o] / batch.Rows);
        }
    }

    private static int Largest(ReadOnlySpan<double> logits)
    {
        int largest = 0;
        for (int c = 1; c < logits.Length; c++)
            if (logits[c] > logits[largest]) largest = c;
        return largest;
    }
}
