using TauPipeline.Expressions;

namespace TauPipeline.Physics;

/// <summary>
/// An input of a network: what it is of a candidate, or of each of its constituents, and how it is scaled. The one definition by which
/// candidates are ingested, constants are worked out and networks are fed.
/// </summary>
/// <param name="Name">Its name; the column of that name, where no expression is given.</param>
/// <param name="Kind">How it is scaled.</param>
/// <param name="Range">From, to of linear; limits after scaling of normal and quantile. Of the inner cone where the outer has its own.</param>
public sealed record Feature(string Name, ScalingKind Kind, (double Low, double High)? Range)
{
    private static readonly ConstituentCone[] Both = [ConstituentCone.Inner, ConstituentCone.Outer], One = [ConstituentCone.Global];

    /// <summary>The same of constituents in the outer cone.</summary>
    public (double Low, double High)? OuterRange { get; init; }

    /// <summary>The group of a candidate's own features, if no other is named.</summary>
    public const string OfCandidates = "TauFlat";

    /// <summary>What is taken; the column of the feature's name if <see langword="null"/>.</summary>
    public Expression? Value { get; init; }

    /// <summary>Where it means anything; elsewhere it is <see cref="Pad"/> and counts for nothing.</summary>
    public Expression? When { get; init; }

    /// <summary>The constituents that it is of, by the beginning of their columns' names; empty for the candidate itself.</summary>
    public string Constituents { get; init; } = "";

    /// <summary>Whether constituents in the signal cone and around it are scaled apart.</summary>
    public bool ByCone { get; init; }

    /// <summary>What stands for a missing value, after scaling.</summary>
    public double Pad { get; init; }

    /// <summary>What becomes of a value that is not finite.</summary>
    public NonFinite NonFinite { get; init; }

    /// <summary>The largest share of values that may not be finite.</summary>
    public double LargestNotFinite { get; init; } = 1;

    /// <summary>The block of features that it belongs to in files of TauMLTools.</summary>
    public string Group { get; init; } = OfCandidates;

    /// <summary>Whether it is one number a candidate.</summary>
    public bool IsFlat => Constituents.Length == 0;

    /// <summary>The column that says how many constituents a row has.</summary>
    internal string Like => ByCone ? ConstituentCones.EtaOf(Constituents) : ConstituentCones.PtOf(Constituents);

    /// <summary>The scalings that it has.</summary>
    public IReadOnlyList<ConstituentCone> Cones => ByCone ? Both : One;

    /// <summary>The columns that it is made of.</summary>
    public IReadOnlyList<string> Columns =>
    [
        .. (Value?.Columns ?? [Name])
            .Concat(When?.Columns ?? [])
            .Concat(IsFlat ? [] : ByCone ? ConstituentCones.ColumnsOf(Constituents) : [Like])
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>Its range in a cone.</summary>
    public (double Low, double High)? RangeIn(ConstituentCone cone) => cone == ConstituentCone.Outer ? OuterRange ?? Range : Range;
}
