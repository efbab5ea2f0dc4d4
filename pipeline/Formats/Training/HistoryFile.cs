using TauPipeline.BuildGraph;
using TauPipeline.Learning;

namespace TauPipeline.Formats;

/// <summary>Losses and accuracy of a training, epoch by epoch.</summary>
public sealed record HistoryFile(TrainingHistory History) : IProduct<HistoryFile>
{
    private sealed record Content(int BestEpoch, IReadOnlyList<EpochRecord> Epochs);

    /// <inheritdoc/>
    public static HistoryFile Read(ProductInput from) => new(new TrainingHistory(Json.Read<Content>(from).Epochs));

    /// <inheritdoc/>
    public static void Write(ProductOutput to, HistoryFile value) =>
        Json.Write(to, new Content(value.History.BestEpoch, value.History.Epochs));
}
