using TauPipeline.Expressions;

namespace TauPipeline.Physics;

/// <summary>The objects of a group as a network takes them one by one: the first of an order, no more than so many.</summary>
/// <param name="Group">The objects and their features, none of which is scaled by cone.</param>
/// <param name="Most">How many are kept of a candidate.</param>
public sealed record ObjectList(FeatureGroup Group, int Most)
{
    /// <summary>What they are ordered by, the largest first, of equal ones the first; their pt if <see langword="null"/>.</summary>
    public Expression? By { get; init; }

    /// <summary>The columns that it is made of.</summary>
    public IEnumerable<string> Columns =>
    [
        .. Group.Features.SelectMany(feature => feature.Columns),
        .. Group.When?.Columns ?? [],
        .. By?.Columns ?? [],
        ConstituentCones.PtOf(Group.Constituents),
    ];
}
