using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>A track that may be a prong, taken for a pion.</summary>
internal readonly record struct SignalTrack(int Candidate, LorentzVector P, double Pt, double Eta, double Phi, int Charge)
{
    public static SignalTrack Of(in PfCandidate candidate, int place) => new(place,
        LorentzVector.FromPtEtaPhiM(candidate.Pt, candidate.Eta, candidate.Phi, Masses.ChargedPion),
        candidate.Pt,
        candidate.Eta,
        candidate.Phi,
        candidate.Charge);
}
