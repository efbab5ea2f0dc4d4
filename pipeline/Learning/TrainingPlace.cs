namespace TauPipeline.Learning;

/// <summary>
/// What surrounds a training: where it is kept, who watches it, who may stop it. Nothing of it changes a weight.
/// </summary>
/// <param name="Scratch">The folder of the checkpoint that is gone on from.</param>
public sealed record TrainingPlace(string Scratch)
{
    /// <summary>
    /// After how many epochs one is kept in the scratch folder as <see cref="EpochCheckpoint"/>, besides the last one; 0 keeps none.
    /// </summary>
    public int KeepEvery { get; init; }

    /// <summary>Texts that travel with the model.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Asked after each step of the optimiser: whether a checkpoint is due. One is made after every epoch, and when stopped.
    /// </summary>
    public Func<bool> IsCheckpointDue { get; init; } = () => false;

    /// <summary>Told after each step where the training is.</summary>
    public Action<TrainingProgress> Progress { get; init; } = _ => { };

    /// <summary>
    /// Takes a point of a series for people: <c>batch</c> (loss, rate, rows of each class) and <c>epoch</c> (losses, accuracy, rate).
    /// </summary>
    public Action<string, IEnumerable<(string Name, double Value)>> Note { get; init; } = (_, _) => { };

    /// <summary>Told which layers begin with weights of another model, where there is one.</summary>
    public Action<IReadOnlyList<string>> Started { get; init; } = _ => { };

    /// <summary>Asks it to stop after the step under way.</summary>
    public CancellationToken Cancellation { get; init; }
}
