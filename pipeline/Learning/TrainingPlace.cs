namespace TauPipeline.Learning;

/// <summary>
/// What surrounds a training: where it is kept, who watches it, who may stop it. Nothing of it changes a bit of the model.
/// </summary>
/// <param name="Scratch">The folder of the checkpoint that is gone on from.</param>
public sealed record TrainingPlace(string Scratch)
{
    /// <summary>
    /// Asked after each step of the optimiser: whether a checkpoint is due. One is made after every epoch, and when stopped.
    /// </summary>
    public Func<bool> IsCheckpointDue { get; init; } = () => false;

    /// <summary>Told after each step where the training is.</summary>
    public Action<TrainingProgress> Progress { get; init; } = _ => { };

    /// <summary>Asks it to stop after the step under way.</summary>
    public CancellationToken Cancellation { get; init; }
}
