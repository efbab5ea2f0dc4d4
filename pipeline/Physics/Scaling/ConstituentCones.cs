using TauPipeline.Columns;
using TauPipeline.Expressions;

namespace TauPipeline.Physics;

/// <summary>
/// The cones around a candidate that tell its constituents apart: the signal cone of radius max(opening / max(pt, least pt), least radius),
/// which holds its own edge, and what lies around it below the outer radius (data-preparation 4.10).
/// </summary>
/// <param name="LeastPt">GeV.</param>
/// <param name="LeastRadius">The signal cone is never smaller.</param>
/// <param name="Opening">GeV.</param>
/// <param name="OuterRadius">Constituents from here on are in neither cone.</param>
public sealed record ConstituentCones(double LeastPt = 30, double LeastRadius = 0.05, double Opening = 3, double OuterRadius = 0.5)
{
    /// <summary>The radius of the signal cone of a candidate of that pt in GeV.</summary>
    public double Radius(double pt) => Math.Max(Opening / Math.Max(pt, LeastPt), LeastRadius);

    /// <summary>The cone of a constituent at that distance; global if it is in neither.</summary>
    public ConstituentCone ConeOf(double distance, double pt) =>
        distance <= Radius(pt) ? ConstituentCone.Inner : distance < OuterRadius ? ConstituentCone.Outer : ConstituentCone.Global;

    /// <summary>The cone of every constituent of a batch.</summary>
    /// <param name="batch">Rows with <see cref="ColumnsOf"/> these constituents.</param>
    /// <param name="constituents">What their columns' names begin with.</param>
    public ConstituentCone[] ConesOf(Batch batch, string constituents)
    {
        double[] distances = Distance(constituents).Along(batch, EtaOf(constituents));
        double[] pts = Expression.Parse(CandidateColumns.Pt, "").Along(batch, EtaOf(constituents));
        var cones = new ConstituentCone[distances.Length];
        for (int i = 0; i < cones.Length; i++) cones[i] = ConeOf(distances[i], pts[i]);
        return cones;
    }

    /// <summary>The column that says how many constituents a row has.</summary>
    public static string EtaOf(string constituents) => $"{constituents}_eta";

    /// <summary>The column of the constituents' pt, by which they are ordered.</summary>
    public static string PtOf(string constituents) => $"{constituents}_pt";

    /// <summary>The columns that tell the cones of constituents.</summary>
    public static IReadOnlyList<string> ColumnsOf(string constituents) => [.. Distance(constituents).Columns, CandidateColumns.Pt];

    private static Expression Distance(string constituents) => Expression.Parse(
        $"deltar({EtaOf(constituents)}, {constituents}_phi, {CandidateColumns.Eta}, {CandidateColumns.Phi})", "");
}
