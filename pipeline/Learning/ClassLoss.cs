namespace TauPipeline.Learning;

/// <summary>Sums up cross-entropy and accuracy over rows, in double and row by row, so that no library's order of summing shows.</summary>
internal sealed class ClassLoss(int classes)
{
    private readonly double[] _loss = new double[classes], _weight = new double[classes];
    private double _right;

    /// <summary>Weighted mean over all rows.</summary>
    public double Loss => _loss.Sum() / Weight;

    /// <summary>Weighted share of rows whose largest logit is the right one, the first of equals.</summary>
    public double Accuracy => _right / Weight;

    /// <summary>Sum of weights.</summary>
    public double Weight => _weight.Sum();

    /// <summary>Weighted mean over the rows of each class.</summary>
    public IReadOnlyList<double?> PerClass => [.. _loss.Zip(_weight, (loss, weight) => weight == 0 ? (double?)null : loss / weight)];

    /// <summary>Adds a batch with its logits (rows times classes).</summary>
    public void Add(TrainingBatch batch, ReadOnlySpan<float> logits)
    {
        for (int row = 0; row < batch.Rows; row++)
        {
            ReadOnlySpan<float> scores = logits.Slice(row * classes, classes);
            int label = batch.Labels[row], largest = 0;
            for (int c = 1; c < classes; c++)
                if (scores[c] > scores[largest]) largest = c;
            double sum = 0;
            foreach (float score in scores) sum += Math.Exp((double)score - scores[largest]);
            double weight = batch.Weights[row];
            _loss[label] += weight * (Math.Log(sum) + scores[largest] - scores[label]);
            _weight[label] += weight;
            if (largest == label) _right += weight;
        }
    }
}
