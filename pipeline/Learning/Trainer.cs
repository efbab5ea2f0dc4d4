using System.Runtime.InteropServices;
using TauPipeline.Foundation;
using TauPipeline.Tensors;
using static TorchSharp.torch;

namespace TauPipeline.Learning;

/// <summary>Trains a network: weighted cross-entropy, the weights of the best validation loss, early stopping, checkpoints.</summary>
public static class Trainer
{
    /// <summary>
    /// Fits a network to the training rows. After every epoch, and within one when it is due, a checkpoint replaces the last one in the
    /// scratch folder; called again with the same arguments it goes on from there, to the same bytes.
    /// </summary>
    /// <exception cref="Misuse">Shape or plan is out of range.</exception>
    /// <exception cref="StepFailed">A loss or a gradient is not finite, the rows have no weight, or libtorch is missing.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop; a checkpoint of the last step stays.</exception>
    public static (TrainedModel Model, TrainingHistory History) Fit(
        NetworkShape shape,
        ITrainingSource train,
        ITrainingSource validation,
        TrainingPlan plan,
        TrainingPlace place,
        ControlRegion? control = null)
    {
        shape.Check();
        plan.Check();
        if (plan.Adaptation is null != control is null)
            throw LearningErrors.NoNetwork("adaptation", control is null ? "no control region" : "a control region", "both or none");
        Device device = Numerics.Start(plan);
        try { return Fit(shape, (train, validation, control), plan, device, place); }
        catch (ExternalException cause) { throw TensorLibrary.Failure(cause); }
    }

    private static (TrainedModel Model, TrainingHistory History) Fit(
        NetworkShape shape,
        (ITrainingSource Train, ITrainingSource Validation, ControlRegion? Control) rows,
        TrainingPlan plan,
        Device device,
        TrainingPlace place)
    {
        using var training = new TrainingRun(shape, plan, device);
        var checkpoint = new TrainingCheckpoint(place.Scratch, shape, plan);
        if (plan.Start is not null) place.Started(training.Started);
        checkpoint.Restore(training);
        while (!training.IsOver)
        {
            try { training.RunEpoch(rows, place, () => checkpoint.Write(training)); }
            catch (OperationCanceledException)
            {
                // Between two steps: nothing of what was done is lost.
                checkpoint.Write(training);
                throw;
            }
            // Before the checkpoint that says that the epoch is done.
            if (place.KeepEvery > 0 && (training.History.Epochs.Count % place.KeepEvery == 0 || training.IsOver))
                EpochCheckpoint.Write(place.Scratch, training, new TrainedModel(shape, training.Last, place.Texts));
            checkpoint.Write(training);
        }
        return (new TrainedModel(shape, training.Best, place.Texts), training.History);
    }
}
