using TauPipeline.Expressions;

namespace TauPipeline.Physics;

/// <summary>
/// A type of objects around a candidate with the features of each; or features of the candidate itself that every filled cell repeats.
/// </summary>
/// <param name="Name">Its name, as features name it: <see cref="Feature.Group"/>.</param>
/// <param name="Features">Its features, in the order of their columns.</param>
public sealed record FeatureGroup(string Name, IReadOnlyList<Feature> Features)
{
    /// <summary>The constituents that its objects are among, by the beginning of their columns' names; empty for the candidate.</summary>
    public string Constituents { get; init; } = "";

    /// <summary>Which of the constituents are its objects; all if <see langword="null"/>.</summary>
    public Expression? When { get; init; }

    /// <summary>What must hold for each constituent, whichever group it is of; a row where it does not is an error.</summary>
    public Expression? Require { get; init; }

    /// <summary>Whether it is of the candidate itself.</summary>
    public bool IsFlat => Constituents.Length == 0;

    /// <summary>The columns that it is made of.</summary>
    public IEnumerable<string> Columns =>
    [
        .. Features.SelectMany(feature => feature.Columns),
        .. When?.Columns ?? [],
        .. Require?.Columns ?? [],
        .. IsFlat ? [] : ConstituentCones.ColumnsOf(Constituents).Append(ConstituentCones.PtOf(Constituents)),
    ];
}
