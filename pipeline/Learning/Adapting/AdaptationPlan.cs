using TauPipeline.Foundation;
using TauPipeline.Tensors;

namespace TauPipeline.Learning;

/// <summary>
/// Domain adaptation by gradient reversal (Ganin and Lempitsky, arXiv:1409.7495; DeepTau v2.5, specification 14): an adversary tells data
/// from simulation by what the common layers make of a control region, and they learn to give it nothing to tell by.
/// </summary>
public sealed record AdaptationPlan
{
    /// <summary>Times the gradient of the classes' loss in the common layers.</summary>
    public double ClassFactor { get; init; } = 1;

    /// <summary>Times the gradient of the adversary's loss, which is taken away from it there.</summary>
    public double AdversaryFactor { get; init; } = 10;

    /// <summary>Learning rate of the adversary's own NAdam; no schedule changes it.</summary>
    public double LearningRate { get; init; } = 0.01;

    /// <summary>Keras' Nadam.</summary>
    internal static AdamSettings Optimiser { get; } = new(AdamVariant.NAdam) { MomentumDecay = 1e-4, Epsilon = 1e-7 };

    /// <summary>Refuses what is no plan.</summary>
    /// <exception cref="Misuse">A number is out of its range.</exception>
    internal void Check()
    {
        if (!(LearningRate > 0 && double.IsFinite(LearningRate)))
            throw LearningErrors.NoNetwork("learning rate of the adversary", $"{LearningRate}", "above 0");
        if (!(ClassFactor >= 0 && AdversaryFactor >= 0 && double.IsFinite(ClassFactor + AdversaryFactor)))
            throw LearningErrors.NoNetwork("factors of the adaptation", $"{ClassFactor}, {AdversaryFactor}", "numbers from 0");
    }
}

/// <summary>
/// Rows of a control region for an adaptation. Their label is 1 in data and 0 in simulation, and their weight is the adversary's.
/// </summary>
/// <param name="Endless">
/// Batches to learn from, one a step of the optimiser, from that one (counted from 0 over all epochs) on, without end; the same for the
/// same number.
/// </param>
/// <param name="Validation">All batches to check with, once.</param>
public sealed record ControlRegion(Func<long, IEnumerable<TrainingBatch>> Endless, Func<IEnumerable<TrainingBatch>> Validation);
