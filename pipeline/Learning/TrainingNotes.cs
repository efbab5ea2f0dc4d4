using System.Globalization;

namespace TauPipeline.Learning;

/// <summary>What a training has to note of a step and of an epoch.</summary>
internal static class TrainingNotes
{
    /// <summary>The series of steps of the optimiser.</summary>
    public const string Batch = "batch";
    /// <summary>That of epochs.</summary>
    public const string Epoch = "epoch";

    /// <summary>A step: mean loss and learning rate, what an adversary has come to, and how many rows of each class were in it.</summary>
    public static IEnumerable<(string, double)> Of(
        int epoch, int number, TrainingBatch batch, (double Loss, DomainSums? Domains) of, double rate)
    {
        yield return ("epoch", epoch);
        yield return ("batch", number);
        yield return ("loss", of.Loss / batch.Weights.Sum(weight => (double)weight));
        yield return ("rate", rate);
        if (of.Domains is { } told)
        {
            yield return ("adversary loss", told.MeanLoss);
            yield return ("adversary accuracy", told.Accuracy);
        }
        foreach ((int label, int rows) in batch.Labels.CountBy(label => label).OrderBy(one => one.Key))
            yield return ($"rows of class {Text(label)}", rows);
    }

    /// <summary>An epoch.</summary>
    public static IEnumerable<(string, double)> Of(EpochRecord epoch) =>
    [
        ("epoch", epoch.Epoch),
        ("train loss", epoch.TrainLoss),
        ("validation loss", epoch.ValidationLoss),
        ("accuracy", epoch.Accuracy),
        ("rate", epoch.LearningRate),
        .. epoch.ClassLosses.Index().Select(one => ($"validation loss of class {Text(one.Index)}", one.Item ?? double.NaN)),
        .. epoch.Adaptation is { } adaptation
            ? new[] { ("adversary loss", adaptation.Loss), ("adversary accuracy", adaptation.Accuracy) }
            : [],
    ];

    private static string Text(int label) => label.ToString(CultureInfo.InvariantCulture);
}
