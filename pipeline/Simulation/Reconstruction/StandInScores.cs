using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>
/// Stand-in for the previous discriminators, coarsely tuned: logistics of isolation, mass and impact parameter against jets,
/// and of the matched electron or muon against those (fast-simulation.md, Reconstruction). The reference that a training must beat.
/// </summary>
internal readonly record struct StandInScores(double VsJet, double VsElectron, double VsMuon)
{
    private const double MatchDistance = 0.1;

    public static StandInScores Of(
        ParticleFlow flow,
        in TauCandidate tau,
        in IsolationSums isolation,
        in ImpactParameters impact,
        in CaloShape calo)
    {
        ref readonly PfCandidate lead = ref flow.Candidates[tau.Lead];
        return new(AgainstJets(tau, isolation, impact), AgainstElectrons(flow, lead, calo), AgainstMuons(flow, lead));
    }

    private static double AgainstJets(in TauCandidate tau, in IsolationSums isolation, in ImpactParameters impact)
    {
        double neutral = Math.Max(0, isolation.Neutral - isolation.PileUpCorrection);
        double significance = Math.Min(5, Math.Abs(impact.Dxy) / impact.DxyError);
        double expectedMass = tau.DecayMode switch { 0 => tau.Mass, 1 => 0.8, 10 => 1.15, _ => 1.2 };
        return Logistic(2.5 - 0.8 * isolation.Charged - 0.25 * neutral + 0.12 * significance - 1.0 * Math.Abs(tau.Mass - expectedMass));
    }

    private static double AgainstElectrons(ParticleFlow flow, in PfCandidate lead, in CaloShape calo)
    {
        double score = 3 + (lead.Type == PfType.Electron ? -4 : 0) - 4 * Math.Max(0, calo.ERatio - 0.8);
        foreach (ref readonly ElectronObject electron in flow.Electrons.Items)
        {
            if (Angles.DeltaR2(electron.Eta, electron.Phi, lead.Eta, lead.Phi) > MatchDistance * MatchDistance) continue;
            double hadronic = electron.HadronEnergy / (electron.HadronEnergy + electron.EcalEnergy);
            score += -3 + 12 * Math.Min(0.3, hadronic);
        }
        return Logistic(score);
    }

    private static double AgainstMuons(ParticleFlow flow, in PfCandidate lead)
    {
        double score = 3 + (lead.Type == PfType.Muon ? -4 : 0) + Math.Min(1.5, lead.RawCaloFraction);
        foreach (ref readonly MuonObject muon in flow.Muons.Items)
            if (Angles.DeltaR2(muon.Eta, muon.Phi, lead.Eta, lead.Phi) < MatchDistance * MatchDistance)
                score -= 6 * muon.SegmentCompatibility;
        return Logistic(score);
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
}
