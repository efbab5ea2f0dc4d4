namespace TauPipeline.Physics;

/// <summary>One of the grids that a candidate has, and which of its constituents enter (training-and-evaluation 1.2).</summary>
/// <param name="Name">Say, inner.</param>
/// <param name="Grid">Its cells.</param>
/// <param name="Cone">Inner: what is in the signal cone, without its edge. Outer: what is within the outer radius.</param>
/// <param name="WithoutInner">Whether what is in the signal cone does not enter a grid of the outer cone.</param>
public sealed record GridLocation(string Name, EtaPhiGrid Grid, ConstituentCone Cone, bool WithoutInner = false)
{
    /// <summary>Whether a constituent at that distance from a candidate of that pt in GeV enters.</summary>
    public bool Takes(double distance, double pt, ConstituentCones cones)
    {
        bool isInner = distance < cones.Radius(pt);
        return Cone == ConstituentCone.Inner ? isInner : distance < cones.OuterRadius && !(WithoutInner && isInner);
    }
}
