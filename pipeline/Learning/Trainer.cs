using System.Runtime.InteropServices;
using TauPipeline.Foundation;
using TauPipeline.Tensors;
using static TorchSharp.torch;

namespace TauPipeline.Learning;

/// <summary>Trains a network: weighted cross-entropy, the weights of the best validation loss, early stopping, checkpoints.</summary>
public static class Trainer
{
    /// <summary>
    /// Fits a network to the training rows. After every epoch a checkpoint replaces the last one in <paramref name="scratch"/>;
    /// called again with the same arguments it goes on from there, to the same bytes.
    /// </summary>
    /// <exception cref="Misuse">Shape or plan is out of range.</exception>
    /// <exception cref="StepFailed">A loss is not finite, the rows have no weight, or libtorch is missing.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop; the checkpoint of the last whole epoch stays.</exception>
    public static (TrainedModel Model, TrainingHistory History) Fit(
        NetworkShape shape,
        ITrainingSource train,
        ITrainingSource validation,
        TrainingPlan plan,
        string scratch,
        Action<TrainingProgress>? progress,
        CancellationToken cancellation)
    {
        shape.Check();
        plan.Check();
        Device device = Numerics.Start(plan);
        try { return Fit(shape, train, validation, plan, device, scratch, progress, cancellation); }
        catch (ExternalException cause) { throw TensorLibrary.Failure(cause); }
    }

    private static (TrainedModel Model, TrainingHistory History) Fit(
        NetworkShape shape,
        ITrainingSource train,
        ITrainingSource validation,
        TrainingPlan plan,
        Device device,
        string scratch,
        Action<TrainingProgress>? progress,
        CancellationToken cancellation)
    {
        using var training = new TrainingRun(shape, plan, device);
        var checkpoint = new TrainingCheckpoint(scratch, shape, plan);
        checkpoint.Restore(training);
        while (!training.IsOver)
        {
            training.RunEpoch(train, validation, progress, cancellation);
            checkpoint.Write(training);
        }
        return (new TrainedModel(shape, training.Best, new Dictionary<string, string>()), training.History);
    }
}
