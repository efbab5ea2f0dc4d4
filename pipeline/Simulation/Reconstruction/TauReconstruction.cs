using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>From a seed jet to a tau candidate, as HPS does (fast-simulation.md, Reconstruction of the candidate).</summary>
internal sealed class TauReconstruction
{
    private const double JetRadius = 0.4, MinJetPt = 14, MinTauPt = 18, MaxAbsEta = 2.5;

    private readonly StripBuilder _strips = new();
    private readonly HypothesisSearch _search = new();

    /// <summary>The candidate in the jet around that axis, if it has one; sets the roles of all particles.</summary>
    public bool TryFind(Span<PfCandidate> candidates, Cone axis, out TauCandidate tau)
    {
        tau = default;
        LorentzVector jet = SeedJet(candidates, axis with { Radius = JetRadius });
        if (jet.Pt < MinJetPt) return false;
        _strips.Build(candidates);
        TauHypothesis best = _search.Search(candidates, _strips.Strips);
        if (!best.Exists || best.P.Pt < MinTauPt || Math.Abs(best.P.Eta) > MaxAbsEta) return false;
        tau = Assign(candidates, best, jet);
        return true;
    }

    private static LorentzVector SeedJet(Span<PfCandidate> candidates, Cone cone)
    {
        LorentzVector jet = default;
        foreach (ref PfCandidate candidate in candidates)
        {
            candidate.IsInJet = cone.Contains(candidate.Eta, candidate.Phi);
            if (candidate.IsInJet) jet += candidate.P4;
        }
        return jet;
    }

    private TauCandidate Assign(Span<PfCandidate> candidates, TauHypothesis best, LorentzVector jet)
    {
        var tau = new TauCandidate
        {
            P = best.P,
            Jet = jet,
            Pt = best.P.Pt,
            Eta = best.P.Eta,
            Phi = best.P.Phi,
            Mass = best.P.Mass,
            DecayMode = best.DecayMode,
            Charge = best.Charge,
            Lead = _search.Candidate(best.Tracks.First),   // tracks are ordered by pt
        };
        for (int i = 0; i < best.Tracks.Count; i++) candidates[_search.Candidate(best.Tracks[i])].Role = TauRole.Prong;
        for (int i = 0; i < best.Strips.Count; i++)
            for (ulong members = _strips.Strips[best.Strips[i]].Members; members != 0; members &= members - 1)
                candidates[_strips.Candidate(System.Numerics.BitOperations.TrailingZeroCount(members))].Role = TauRole.SignalPhoton;
        candidates[tau.Lead].IsLead = true;
        return tau;
    }
}

/// <summary>The reconstructed tau: kinematics, decay mode, and the place of its hardest track.</summary>
internal struct TauCandidate
{
    public LorentzVector P, Jet;
    public double Pt, Eta, Phi, Mass;
    public int DecayMode, Charge, Lead;
}
