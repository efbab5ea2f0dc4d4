using TauPipeline.Foundation;

namespace TauPipeline.Learning;

/// <summary>Which loss is made small, and its constants.</summary>
public sealed record LossPlan
{
    /// <summary>The losses known; those from the third on tell one signal from fakes.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["cross_entropy", "binary_cross_entropy", "focal", "tau_crossentropy", "tau_crossentropy_v2", "wp_loss", "wp_loss2"];

    /// <summary>One of <see cref="Names"/>.</summary>
    public string Name { get; init; } = "cross_entropy";

    /// <summary>Share of the target that all classes have alike; of <c>cross_entropy</c>.</summary>
    public double Smoothing { get; init; }

    /// <summary>How much less rows pull that are right already; of <c>focal</c>.</summary>
    public double Gamma { get; init; } = 2;

    /// <summary>The class of the signal; of the losses that know one.</summary>
    public int Signal { get; init; }

    /// <summary>Times the part of each class, as stated; empty for 1 each.</summary>
    public IReadOnlyList<double> Factors { get; init; } = [];

    /// <summary>Thresholds of the discriminator against each class, of <c>wp_loss</c> and <c>wp_loss2</c>; empty for the signal.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Thresholds { get; init; } = [];

    /// <summary>Whether the loss knows one signal.</summary>
    public bool HasSignal => Name is "tau_crossentropy" or "tau_crossentropy_v2" or "wp_loss" or "wp_loss2";

    /// <summary>The loss for so many classes.</summary>
    /// <exception cref="Misuse">The name is not known, or constants do not fit the classes.</exception>
    internal IRowLoss For(int classes)
    {
        if (Factors.Count > 0 && Factors.Count != classes)
            throw LearningErrors.NoNetwork("loss", $"factors of {Factors.Count} classes", $"factors of {classes}");
        if (HasSignal && (Signal < 0 || Signal >= classes))
            throw LearningErrors.NoNetwork("loss", $"signal {Signal}", $"0 to {classes - 1}");
        if (Name is "wp_loss" or "wp_loss2" && Thresholds.Count != classes)
            throw LearningErrors.NoNetwork("loss", $"thresholds of {Thresholds.Count} classes", $"of {classes}, none for the signal");
        double[] factors = Normalised(classes);
        return Name switch
        {
            "cross_entropy" => new CrossEntropy(Smoothing),
            "binary_cross_entropy" => new SoftmaxLoss(new BinaryCrossEntropy()),
            "focal" => new SoftmaxLoss(new FocalLoss(Gamma, factors)),
            "tau_crossentropy" => new SoftmaxLoss(new TauCrossEntropy(Signal, factors)),
            "tau_crossentropy_v2" => new SoftmaxLoss(new TauCrossEntropyV2(Signal, factors)),
            "wp_loss" => new SoftmaxLoss(new WorkingPointLoss(Signal, factors, Thresholds)),
            "wp_loss2" => new SoftmaxLoss(
                new LossSum(new WorkingPointLoss(Signal, factors, Thresholds), 1.0 / 9, new TauCrossEntropyV2(Signal, factors))),
            _ => throw LearningErrors.NoNetwork("loss", Name, string.Join(", ", Names)),
        };
    }

    // Factors sum to the number of classes, as those of DeepTau do.
    private double[] Normalised(int classes)
    {
        double sum = Factors.Sum();
        return Factors.Count == 0 ? [.. Enumerable.Repeat(1.0, classes)] : [.. Factors.Select(factor => factor * classes / sum)];
    }
}
