namespace TauPipeline.Tensors;

/// <summary>Which member of the family.</summary>
public enum AdamVariant
{
    /// <summary>Kingma and Ba, arXiv:1412.6980; weight decay is added to the gradient.</summary>
    Adam,
    /// <summary>Loshchilov and Hutter, arXiv:1711.05101; weight decay shrinks the weights.</summary>
    AdamW,
    /// <summary>Dozat, ICLR 2016, with Nesterov's momentum and torch's schedule of it.</summary>
    NAdam,
}

/// <summary>Settings of the optimiser; the defaults are torch's.</summary>
public sealed record AdamSettings(AdamVariant Variant)
{
    /// <summary>Decay of the mean gradient.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the mean squared gradient.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the denominator.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Weight decay.</summary>
    public double WeightDecay { get; init; }

    /// <summary>How fast NAdam's momentum rises to <see cref="Beta1"/>.</summary>
    public double MomentumDecay { get; init; } = 4e-3;
}
