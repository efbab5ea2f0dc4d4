using System.Text.Json.Serialization;

namespace TauPipeline.Learning;

/// <summary>One time through the training rows. Losses are weighted means over rows.</summary>
/// <param name="Epoch">Which, from 1.</param>
/// <param name="TrainLoss">While training: with dropout, and while the weights still moved.</param>
/// <param name="ValidationLoss">After the epoch, on the validation rows.</param>
/// <param name="Accuracy">Weighted share of validation rows whose most probable class is the right one.</param>
/// <param name="LearningRate">Step size of the optimiser in the last batch.</param>
/// <param name="ClassLosses">Validation loss of the rows of each class; <see langword="null"/> for a class without weight.</param>
public sealed record EpochRecord(
    int Epoch,
    double TrainLoss,
    double ValidationLoss,
    double Accuracy,
    double LearningRate,
    IReadOnlyList<double?> ClassLosses)
{
    /// <summary>How the adaptation went, if there is one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AdaptationRecord? Adaptation { get; init; }
}

/// <summary>How a training went, epoch by epoch; no times, so that it can be a product.</summary>
public sealed record TrainingHistory(IReadOnlyList<EpochRecord> Epochs)
{
    /// <summary>The epoch (from 1) of the lowest validation loss, the first of equals, whose weights are the model; 0 before any.</summary>
    public int BestEpoch => Epochs.Count == 0 ? 0 : Epochs.MinBy(epoch => epoch.ValidationLoss)!.Epoch;

    /// <summary>Epochs since the validation loss last fell by more than <paramref name="minDelta"/>.</summary>
    public int EpochsWithoutGain(double minDelta)
    {
        double reference = double.PositiveInfinity;
        int since = 0;
        foreach (EpochRecord epoch in Epochs)
        {
            if (epoch.ValidationLoss < reference - minDelta) (reference, since) = (epoch.ValidationLoss, 0);
            else since++;
        }
        return since;
    }

    /// <summary>How many times in a row <paramref name="patience"/> epochs went by without a better validation loss.</summary>
    public int Plateaus(int patience)
    {
        double best = double.PositiveInfinity;
        int since = 0, plateaus = 0;
        foreach (EpochRecord epoch in Epochs)
        {
            since = epoch.ValidationLoss < best ? 0 : since + 1;
            best = Math.Min(best, epoch.ValidationLoss);
            if (since < patience) continue;
            (since, plateaus) = (0, plateaus + 1);
        }
        return plateaus;
    }
}

/// <summary>Where a training is: epoch (from 1) of epochs, rows done of an epoch's, mean loss of the epoch so far.</summary>
public readonly record struct TrainingProgress(int Epoch, int Epochs, long Rows, long OfRows, double Loss)
{
    /// <summary>Of an adaptation, what the adversary has come to in the epoch so far: its mean loss and accuracy.</summary>
    public (double Loss, double Accuracy)? Adversary { get; init; }
}
