using TauPipeline.Learning;
using TauPipeline.Plotting;

namespace TauPipeline.Stages;

/// <summary>The losses of each training, epoch by epoch.</summary>
internal static class HistoryFigures
{
    public static NamedFigure Of(Training training, TrainingHistory history, PlotSettings settings)
    {
        double[] epochs = [.. history.Epochs.Select(epoch => (double)epoch.Epoch)];
        return new NamedFigure(training.Name.Length == 0 ? "history" : $"history_{training.Name}", new HistoryFigure
        {
            Title = training.Name.Length == 0 ? "Training" : $"Training of {training.Name}",
            Caption = "Weighted cross-entropy. The marked epoch has the smallest validation loss; its weights were kept.",
            Curves =
            [
                new Curve("Train", epochs, [.. history.Epochs.Select(epoch => epoch.TrainLoss)]),
                new Curve("Validation", epochs, [.. history.Epochs.Select(epoch => epoch.ValidationLoss)]),
            ],
            BestEpoch = history.BestEpoch,
            Width = settings.Width,
            Height = settings.Height * 4 / 5,
        });
    }
}
