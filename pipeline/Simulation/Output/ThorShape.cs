using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>What ATLAS' tau identification sees of a candidate as a whole, from particle-flow objects in place of clusters.</summary>
/// <param name="CentralFraction">pt within 0.1 over that within 0.2 (<c>centFrac</c>).</param>
/// <param name="EtOverLeadingTrack">pt within 0.2 over that of the hardest track there (<c>etOverPtLeadTrk</c>); 0 without one.</param>
/// <param name="LargestDistance">Of a track within 0.2 (<c>dRmax</c>).</param>
/// <param name="OutsideFraction">pt of tracks from 0.2 to 0.4 over that of all tracks (<c>SumPtTrkFrac</c>); 0 without one.</param>
/// <param name="FlowPtRatio">pt of tracks and photons within 0.2, added as vectors, over the candidate's (<c>ptRatioEflowApprox</c>).</param>
/// <param name="FlowMass">Their mass, GeV (<c>mEflowApprox</c>).</param>
internal readonly record struct ThorShape(
    double CentralFraction,
    double EtOverLeadingTrack,
    double LargestDistance,
    double OutsideFraction,
    double FlowPtRatio,
    double FlowMass)
{
    public const double Core = 0.2, Centre = 0.1;

    public static ThorShape Of(IReadOnlyList<ThorObject> objects, double tauPt)
    {
        double centre = 0, core = 0, leading = 0, farthest = 0, inside = 0, outside = 0;
        LorentzVector flow = default;
        foreach (ThorObject one in objects)
        {
            bool isCore = one.Distance < Core;
            if (one.Distance < Centre) centre += one.Pt;
            if (isCore) core += one.Pt;
            if (one.IsTrack)
            {
                if (!isCore) outside += one.Pt;
                else
                {
                    inside += one.Pt;
                    leading = Math.Max(leading, one.Pt);
                    farthest = Math.Max(farthest, one.Distance);
                }
            }
            if (isCore && (one.IsTrack || one.Type == (int)PfType.Photon))
                flow += LorentzVector.FromPtEtaPhiM(one.Pt, one.Deta, one.Dphi, one.Mass);
        }
        return new ThorShape(
            core > 0 ? centre / core : 0,
            leading > 0 ? core / leading : 0,
            farthest,
            inside + outside > 0 ? outside / (inside + outside) : 0,
            flow.Pt / tauPt,
            flow.Mass);
    }
}
