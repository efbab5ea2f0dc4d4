using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>Transverse momentum and direction of what fragments.</summary>
internal readonly record struct Axis(double Pt, double Eta, double Phi)
{
    public static Axis Of(LorentzVector p) => new(p.Pt, p.Eta, p.Phi);
}
