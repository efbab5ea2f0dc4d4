using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>All visible generated particles of an object within 0.4 of its axis; energies GeV (data-preparation.md 2.1, genJet_).</summary>
internal struct GenJet
{
    private const double Radius = 0.4;

    public LorentzVector P;
    public double InvisibleEnergy, ChargedHadronEnergy, NeutralHadronEnergy, ChargedEmEnergy, NeutralEmEnergy, MuonEnergy;
    public int ChargedHadrons, NeutralHadrons, Electrons, Photons, Muons;

    public static GenJet Of(ReadOnlySpan<GenParticle> particles, double eta, double phi)
    {
        var jet = new GenJet();
        var cone = new Cone(eta, phi, Radius);
        foreach (ref readonly GenParticle particle in particles)
            if (cone.Contains(particle.Eta, particle.Phi)) jet.Add(particle);
        return jet;
    }

    private void Add(in GenParticle particle)
    {
        LorentzVector p = particle.P4;
        if (particle.Kind != ParticleKind.Neutrino) P += p;
        switch (particle.Kind)
        {
            case ParticleKind.ChargedHadron: ChargedHadronEnergy += p.E; ChargedHadrons++; break;
            case ParticleKind.NeutralHadron: NeutralHadronEnergy += p.E; NeutralHadrons++; break;
            case ParticleKind.Electron: ChargedEmEnergy += p.E; Electrons++; break;
            case ParticleKind.Photon: NeutralEmEnergy += p.E; Photons++; break;
            case ParticleKind.Muon: MuonEnergy += p.E; Muons++; break;
            default: InvisibleEnergy += p.E; break;
        }
    }
}
