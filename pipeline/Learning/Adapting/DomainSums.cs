using System.Text.Json.Serialization;

namespace TauPipeline.Learning;

/// <summary>What an adversary has come to over some rows of the control region; in double precision, row by row.</summary>
/// <param name="Loss">Weighted sum of the binary cross-entropy.</param>
/// <param name="Weight">Sum of weights.</param>
/// <param name="Right">Weights of the rows whose domain it tells.</param>
internal readonly record struct DomainSums(double Loss, double Weight, double Right)
{
    /// <summary>Weighted mean loss: ln 2 where it guesses.</summary>
    [JsonIgnore]
    public double MeanLoss => Loss / Weight;

    /// <summary>Weighted share of rows whose domain it tells.</summary>
    [JsonIgnore]
    public double Accuracy => Right / Weight;

    /// <summary>Both together.</summary>
    public DomainSums Plus(DomainSums other) => new(Loss + other.Loss, Weight + other.Weight, Right + other.Right);

    /// <summary>Of the rows of a batch.</summary>
    /// <param name="control">The rows; label 1 is data.</param>
    /// <param name="logits">The adversary's output before the sigmoid, one a row.</param>
    /// <param name="slopes">Takes the derivative of the weighted loss, divided by the number of rows, by each; or is empty.</param>
    public static DomainSums Of(TrainingBatch control, ReadOnlySpan<float> logits, Span<float> slopes = default)
    {
        double sum = 0, all = 0, right = 0;
        for (int row = 0; row < control.Rows; row++)
        {
            double logit = logits[row], weight = control.Weights[row];
            int label = control.Labels[row];
            // ln(1 + e^x) - label x, in the form that never overflows.
            double small = Math.Exp(-Math.Abs(logit));
            sum += weight * (Math.Max(logit, 0) + Math.Log(1 + small) - label * logit);
            all += weight;
            if ((logit > 0 ? 1 : 0) == label) right += weight;
            if (slopes.IsEmpty) continue;
            double probability = (logit >= 0 ? 1 : small) / (1 + small);
            slopes[row] = (float)(weight * (probability - label) / control.Rows);
        }
        return new(sum, all, right);
    }
}
