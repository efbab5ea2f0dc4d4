using TauPipeline.Learning;
using TauPipeline.RunStore;

namespace TauPipeline.Stages;

/// <summary>
/// A training for TensorBoard: two folders of events, so that the curves of training and validation, of one name, share a plot.
/// </summary>
internal static class TrainingEvents
{
    /// <summary>The files, below the folder that one hands to TensorBoard; none of what was not trained.</summary>
    public static IReadOnlyList<RunArtifact> Of(TrainingHistory history, NotedBatches noted, long ended)
    {
        if (history.Epochs.Count == 0) return [];
        long began = noted.First ?? ended;
        return
        [
            Events("train", began,
            [
                .. Series("loss", epoch => epoch.TrainLoss),
                .. Series("learning rate", epoch => epoch.LearningRate),
                .. noted.Losses.Select(point => ("batch/loss", point)),
                .. noted.Rates.Select(point => ("batch/learning rate", point)),
            ]),
            Events("validation", began,
            [
                .. Series("loss", epoch => epoch.ValidationLoss),
                .. Series("accuracy", epoch => epoch.Accuracy),
            ]),
        ];

        IEnumerable<(string, MetricPoint)> Series(string name, Func<EpochRecord, double> value) => history.Epochs
            .Select(epoch => (name, new MetricPoint(noted.EndOf(epoch.Epoch) ?? ended, value(epoch), epoch.Epoch)));
    }

    private static RunArtifact Events(string name, long began, IReadOnlyList<(string Tag, MetricPoint Point)> points) =>
        new($"tensorboard_logs/{name}/{EventFile.NameAt(began)}", place =>
        {
            using var events = new EventFile(File.Create(place), began);
            foreach ((string tag, MetricPoint point) in points) events.Add(tag, point);
        });
}
