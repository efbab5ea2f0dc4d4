using TauPipeline.Foundation;
using TauPipeline.Tensors;
using TorchSharp.Modules;

namespace TauPipeline.Learning;

/// <summary>How a network is trained.</summary>
public sealed record TrainingPlan
{
    /// <summary>The optimisers known.</summary>
    public static IReadOnlyList<string> Optimisers { get; } = ["adam", "adamw", "nadam", "sgd"];

    /// <summary>At most this many times through the training rows.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>Most rows of a step of the optimiser.</summary>
    public int BatchSize { get; init; } = 512;

    /// <summary>What becomes of the rows that do not fill a batch at the end of an epoch.</summary>
    public LastBatch LastBatch { get; init; }

    /// <summary>Step size of the optimiser.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>One of <see cref="Optimisers"/>.</summary>
    public string Optimiser { get; init; } = "adam";

    /// <summary>How the learning rate changes.</summary>
    public LearningRatePlan Rate { get; init; } = new();

    /// <summary>What is made small.</summary>
    public LossPlan Loss { get; init; } = new();

    /// <summary>How the losses of the network's heads count, in their order.</summary>
    public IReadOnlyList<HeadLossPlan> Heads { get; init; } = [];

    /// <summary>How fast the momentum of <c>nadam</c> rises; Keras' <c>schedule_decay</c>.</summary>
    public double MomentumDecay { get; init; } = 4e-3;

    /// <summary>Added to the denominator of the Adam family.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Momentum of <c>sgd</c>.</summary>
    public double Momentum { get; init; }

    /// <summary>Whether that of <c>sgd</c> is Nesterov's.</summary>
    public bool Nesterov { get; init; }

    /// <summary>Gradients longer than this, all weights taken together, are shortened to it; 0 leaves them.</summary>
    public double MostGradient { get; init; }

    /// <summary>What is kept of the averaged weights at each step, which are then validated and stored; 0 averages none.</summary>
    public double Average { get; init; }

    /// <summary>Weight decay, in the optimiser's own manner.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Stops after this many epochs in a row whose validation loss was not better; 0 never stops early.</summary>
    public int Patience { get; init; }

    /// <summary>By how much a validation loss must be lower to count as better for <see cref="Patience"/>.</summary>
    public double MinDelta { get; init; }

    /// <summary>What the first weights are, where they are not drawn.</summary>
    public WarmStart? Start { get; init; }

    /// <summary>How it is adapted from simulation to data; not at all if <see langword="null"/>.</summary>
    public AdaptationPlan? Adaptation { get; init; }

    /// <summary>Key of the first weights and of every dropout mask.</summary>
    public ulong Seed { get; init; }

    /// <summary>Threads; part of the result, since sums are split among them.</summary>
    public int Threads { get; init; } = 2;

    /// <summary>How exactly the numbers are fixed.</summary>
    public Numeric Numeric { get; init; }

    /// <summary>Where they are computed.</summary>
    public TrainingDevice Device { get; init; }

    /// <summary>The optimiser of these weights.</summary>
    internal IOptimiser OptimiserOf(IReadOnlyList<(string Name, Parameter Weight)> weights)
    {
        IEnumerable<Parameter> all = weights.Select(one => one.Weight);
        bool isPortable = Numeric == Numeric.Portable;
        if (Optimiser == "sgd")
        {
            var sgd = new SgdSettings(Momentum, Nesterov, WeightDecay);
            return isPortable ? new PortableSgd(weights, sgd) : LibraryOptimiser.Of(all, sgd);
        }
        var adam = new AdamSettings(Variant()) { WeightDecay = WeightDecay, Epsilon = Epsilon, MomentumDecay = MomentumDecay };
        return isPortable ? new PortableAdam(weights, adam) : LibraryOptimiser.Of(all, adam);
    }

    private AdamVariant Variant() => Optimiser switch
    {
        "adamw" => AdamVariant.AdamW,
        "nadam" => AdamVariant.NAdam,
        _ => AdamVariant.Adam,
    };

    /// <summary>Refuses what is no plan.</summary>
    /// <exception cref="Misuse">A number is out of its range, the optimiser is not known, or the device cannot give such
    /// numbers.</exception>
    public void Check()
    {
        if (Epochs < 1) throw LearningErrors.NoNetwork("epochs", $"{Epochs}", "at least 1");
        if (BatchSize < 1) throw LearningErrors.NoNetwork("batch size", $"{BatchSize}", "at least 1");
        if (!(LearningRate > 0 && double.IsFinite(LearningRate)))
            throw LearningErrors.NoNetwork("learning rate", $"{LearningRate}", "above 0");
        if (Device == TrainingDevice.Cuda && Numeric == Numeric.Portable)
            throw LearningErrors.NoNetwork(
                "device",
                "cuda with portable numbers",
                "numeric fastest: a graphics processor has bits of its own");
        if (!Optimisers.Contains(Optimiser)) throw LearningErrors.NoNetwork("optimiser", Optimiser, string.Join(", ", Optimisers));
        Adaptation?.Check();
        Rate.FactorAt(0, Epochs, new TrainingHistory([]));
    }
}
