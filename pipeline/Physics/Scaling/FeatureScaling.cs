using TauPipeline.Foundation;

namespace TauPipeline.Physics;

/// <summary>The scalings of all features of a campaign.</summary>
public sealed class FeatureScaling
{
    private readonly Dictionary<(string Feature, ConstituentCone Cone), FeatureScale> _scales = [];

    /// <summary>Scalings in the order they are written.</summary>
    /// <exception cref="Defect">One comes twice.</exception>
    public FeatureScaling(IEnumerable<FeatureScale> scales)
    {
        Scales = [.. scales];
        foreach (FeatureScale scale in Scales)
            if (!_scales.TryAdd((scale.Feature, scale.Cone), scale))
                throw new Defect($"the scaling of '{scale.Feature}' ({ScalingNames.Of(scale.Cone)}) comes twice");
    }

    /// <summary>All scalings.</summary>
    public IReadOnlyList<FeatureScale> Scales { get; }

    /// <summary>The scaling of a feature in a cone; a global one serves both cones.</summary>
    /// <exception cref="Misuse">There is none; gives the nearest names.</exception>
    public FeatureScale Of(string feature, ConstituentCone cone = ConstituentCone.Global) =>
        _scales.GetValueOrDefault((feature, cone)) ?? _scales.GetValueOrDefault((feature, ConstituentCone.Global))
        ?? throw PhysicsErrors.UnknownName(
            $"scaled feature ({ScalingNames.Of(cone)})",
            feature,
            Scales.Select(scale => scale.Feature).Distinct());
}
