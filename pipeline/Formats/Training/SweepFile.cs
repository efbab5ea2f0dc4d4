using TauPipeline.BuildGraph;

namespace TauPipeline.Formats;

/// <summary>How a training of a sweep went.</summary>
/// <param name="Training">Its fold; empty where there is only one.</param>
/// <param name="Epochs">Epochs that it took.</param>
/// <param name="BestEpoch">The epoch of the lowest validation loss, whose weights are the model; 0 where nothing was trained.</param>
/// <param name="TrainLoss">Training loss of that epoch; <see langword="null"/> without one, as all that follow.</param>
/// <param name="ValidationLoss">Its validation loss.</param>
/// <param name="Accuracy">Its weighted share of validation rows whose most probable class is right.</param>
public sealed record SweepTraining(
    string Training, int Epochs, int BestEpoch, double? TrainLoss, double? ValidationLoss, double? Accuracy);

/// <summary>A point of a sweep.</summary>
/// <param name="Name">Its name: the settings that it has of its own.</param>
/// <param name="Value">What the rule goes by, the mean over its trainings; <see langword="null"/> if one has no epoch.</param>
/// <param name="Trainings">Its trainings.</param>
public sealed record SweepPoint(string Name, double? Value, IReadOnlyList<SweepTraining> Trainings);

/// <summary>What a sweep found: <c>sweep/choice.json</c>.</summary>
/// <param name="Rule">By which number the point is chosen.</param>
/// <param name="Chosen">Name of the chosen point.</param>
/// <param name="Points">All points, in the campaign's order.</param>
public sealed record SweepFile(string Rule, string Chosen, IReadOnlyList<SweepPoint> Points) : IProduct<SweepFile>
{
    /// <inheritdoc/>
    public static SweepFile Read(ProductInput from) => Json.Read<SweepFile>(from);

    /// <inheritdoc/>
    public static void Write(ProductOutput to, SweepFile value) => Json.Write(to, value);
}
