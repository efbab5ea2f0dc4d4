using System.Globalization;
using System.Text.Json;
using TauPipeline.Foundation;
using TauPipeline.Tensors;

namespace TauPipeline.Learning;

/// <summary>
/// A training as it stood after an epoch, as a product: a model file with the weights of that epoch, in which also stand, below
/// <c>training.</c>, the optimiser, what the schedule goes by (epoch, rate, history), where weights are averaged those that
/// are not, and of an adaptation its adversary with its own optimiser.
/// </summary>
public static class EpochCheckpoint
{
    private const string Facts = "training.json", Name = "epoch_", Extension = ".pt";

    private sealed record Stand(int Epoch, double LearningRate, IReadOnlyList<EpochRecord> History);

    /// <summary>The file of an epoch; of 0 where nothing could be trained.</summary>
    public static string FileOf(int epoch) => string.Create(CultureInfo.InvariantCulture, $"{Name}{epoch:D4}{Extension}");

    /// <summary>The epoch of such a file, or <see langword="null"/>.</summary>
    public static int? EpochOf(string file) =>
        file.StartsWith(Name, StringComparison.Ordinal) && file.EndsWith(Extension, StringComparison.Ordinal)
        && int.TryParse(file.AsSpan(Name.Length, file.Length - Name.Length - Extension.Length), CultureInfo.InvariantCulture, out int epoch)
            ? epoch
            : null;

    /// <summary>Writes that of a training's last epoch into a folder, whole or not at all.</summary>
    internal static void Write(string folder, TrainingRun training, TrainedModel model)
    {
        TorchFile plain = model.ToFile();
        EpochRecord last = training.History.Epochs[^1];
        var stand = new Stand(last.Epoch, last.LearningRate, training.History.Epochs);
        var file = new TorchFile(
            [
                .. plain.Tensors,
                .. TensorState.Below(TrainedModel.Besides + "optimiser.", training.Optimiser.Taken()),
                .. training.Average is null
                    ? []
                    : TensorState.Below(TrainedModel.Besides + "network.", TensorState.Taken(TensorState.Of(training.Network))),
                .. training.Adversary is { } adversary
                    ? TensorState.Below(TrainedModel.Besides + "adversary.", TensorState.Taken(TensorState.Of(adversary.Head)))
                        .Concat(TensorState.Below(TrainedModel.Besides + "adversary_optimiser.", adversary.Optimiser.Taken()))
                    : [],
            ],
            new Dictionary<string, string>(plain.Texts) { [Facts] = JsonSerializer.Serialize(stand, ModelText.Options) });
        WholeFile.WriteStream(Path.Combine(folder, FileOf(last.Epoch)), file.Write, survivesPowerLoss: true);
    }
}
