namespace TauPipeline.Learning;

/// <summary>Sums up loss and accuracy over rows, in double and row by row, so that no library's order of summing shows.</summary>
internal sealed class ClassLoss(int classes, IRowLoss loss)
{
    private readonly double[] _loss = new double[classes], _weight = new double[classes];
    private readonly double[] _logits = new double[classes], _slopes = new double[classes];
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
    /// <param name="logits">Rows times classes.</param>
    /// <param name="slopes">Takes the derivatives of the batch's weighted loss, divided by its rows, by each logit; or is empty.</param>
    public void Add(TrainingBatch batch, ReadOnlySpan<float> logits, Span<float> slopes = default)
    {
        for (int row = 0; row < batch.Rows; row++)
        {
            for (int c = 0; c < classes; c++) _logits[c] = logits[row * classes + c];
            int label = batch.Labels[row];
            double weight = batch.Weights[row];
            _loss[label] += weight * loss.Of(_logits, label, _slopes);
            _weight[label] += weight;
            if (Largest(_logits) == label) _right += weight;
            if (slopes.IsEmpty) continue;
            for (int c = 0; c < classes; c++) slopes[row * classes + c] = (float)(weight * _slopes[c] / batch.Rows);
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
