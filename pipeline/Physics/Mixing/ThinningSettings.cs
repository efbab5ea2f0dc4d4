namespace TauPipeline.Physics;

/// <summary>Which bins stand for "high pt" when the ratio of low to high is bounded.</summary>
public enum DisbalanceReference
{
    /// <summary>The last pt bin, as documented.</summary>
    LastBin,
    /// <summary>The last two pt bins, as the original program computes.</summary>
    LastTwoBins,
}

/// <summary>How spectra are flattened and types balanced (data-preparation 4.6.4 and 4.6.5).</summary>
public sealed record ThinningSettings
{
    /// <summary>Take-all, the value of a ratio that means "every candidate that survives flattening".</summary>
    public const double All = -1;

    /// <summary>Whether spectra are flattened; if not, every candidate in range is accepted (SimpleMergeMix).</summary>
    public bool Flatten { get; init; } = true;

    /// <summary>Accept everything in the last pt bin.</summary>
    public bool TakeAllOfLastBin { get; init; }

    /// <summary>With <see cref="TakeAllOfLastBin"/>: the largest ratio of low to high candidates.</summary>
    public double Disbalance { get; init; } = 1;

    /// <summary>What <see cref="Disbalance"/> is measured against.</summary>
    public DisbalanceReference Reference { get; init; }

    /// <summary>Whether bins without candidates are left out instead of refused.</summary>
    public bool AllowEmptyBins { get; init; }

    /// <summary>Relative numbers of each type after flattening, or <see cref="All"/>.</summary>
    public required IReadOnlyDictionary<TauClass, double> Ratios { get; init; }
}
