using TauPipeline.Foundation;

namespace TauPipeline.Simulation;

/// <summary>Charged and neutral hadrons.</summary>
internal static class HadronResponse
{
    private const double PunchThrough = 0.01, ElectronFake = 0.03;   // the second is (c)

    public static void Charged(ref CounterRandom random, in GenParticle particle, bool isDense, Tracker tracker, ParticleFlow flow)
    {
        if (!Tracker.Finds(ref random, particle, isDense))
        {
            Neutral(ref random, particle, flow);   // its shower stays
            return;
        }
        PfCandidate hadron = tracker.Measure(ref random, particle, PfType.ChargedHadron, isDense);
        Calorimeter.Deposit(ref random, ref hadron);
        VertexAssociation.Associate(ref hadron, particle.IsPileUp);
        if (particle.Pt > 5 && random.NextBelow(ElectronFake * (2 - 1.5 * hadron.HcalFraction)))
            flow.Electrons.Add(ElectronObject.FromHadron(ref random, hadron));
        if (particle.Pt > 3 && random.NextBelow(PunchThrough)) flow.Muons.Add(MuonObject.FromHadron(ref random, hadron));
        flow.Candidates.Add(hadron);
    }

    public static void Neutral(ref CounterRandom random, in GenParticle particle, ParticleFlow flow)
    {
        double energy = particle.Pt * Math.Cosh(particle.Eta);
        double factor = 1 + Calorimeter.HadronResolution(energy) * random.NextNormal();
        double eta = particle.Eta + 0.02 * random.NextNormal(), phi = particle.Phi + 0.02 * random.NextNormal();
        if (particle.Pt * factor < Calorimeter.NeutralHadronThreshold) return;
        PfCandidate hadron = PfCandidate.Of(PfType.NeutralHadron, 0, particle.Pt * factor, eta, phi, 0);
        hadron.HcalFraction = random.NextBeta(4, 1);
        hadron.RawCaloFraction = 1;
        VertexAssociation.Neutral(ref hadron);
        flow.Candidates.Add(hadron);
    }
}
