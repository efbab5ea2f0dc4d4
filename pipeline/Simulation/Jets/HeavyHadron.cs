using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>The leading hadron of a charm or bottom jet: hard fragmentation, a displaced decay, sometimes with a lepton.</summary>
internal readonly record struct HeavyHadron(double Mass, double DecayLength, double Charged, double FragmentationA, double FragmentationB)
{
    /// <summary>Mean momentum fractions 0.55 and 0.70 (c).</summary>
    public static readonly HeavyHadron
        Charm = new(Masses.CharmHadron, Masses.CharmDecayLength, 2.5, 3.3, 2.7),
        Bottom = new(Masses.BottomHadron, Masses.BottomDecayLength, 5, 7, 3);

    private const double SemiLeptonic = 0.10, NeutrinoShare = 0.3;

    /// <summary>Adds the decay products and gives the rest of the jet's momentum, which fragments like a light quark.</summary>
    public static Axis Decay(ref CounterRandom random, HardObject jet, Vector3 origin, GrowingList<GenParticle> particles)
    {
        HeavyHadron kind = jet.Flavour == Flavour.Bottom ? Bottom : Charm;
        double fraction = random.NextBeta(kind.FragmentationA, kind.FragmentationB);
        LorentzVector hadron = LorentzVector.FromPtEtaPhiM(fraction * jet.P.Pt, jet.P.Eta, jet.P.Phi, kind.Mass);
        Vector3 vertex = origin + kind.DecayLength * random.NextExponential() / kind.Mass * hadron.Momentum;
        kind.AddDaughters(ref random, hadron, vertex, particles);
        Axis all = Axis.Of(jet.P);
        return all with { Pt = (1 - fraction) * all.Pt };
    }

    private void AddDaughters(ref CounterRandom random, LorentzVector hadron, Vector3 vertex, GrowingList<GenParticle> particles)
    {
        int charged = Math.Max(1, random.NextPoisson(Charged)), photons = 2 * random.NextPoisson(0.5 * charged);
        double draw = random.NextDouble();
        bool hasElectron = draw < SemiLeptonic, hasMuon = !hasElectron && draw < 2 * SemiLeptonic;
        int count = charged + photons;
        double visible = hasElectron || hasMuon ? 1 - NeutrinoShare : 1;
        Span<double> parts = stackalloc double[Math.Min(count, 64)];
        double sum = 0;
        foreach (ref double part in parts) sum += part = random.NextExponential();
        for (int i = 0; i < parts.Length; i++)
        {
            ParticleKind kind = i >= charged ? ParticleKind.Photon : i > 0 ? ParticleKind.ChargedHadron
                : hasElectron ? ParticleKind.Electron : hasMuon ? ParticleKind.Muon : ParticleKind.ChargedHadron;
            AddDaughter(ref random, hadron, visible * hadron.Pt * parts[i] / sum, kind, vertex, particles);
        }
    }

    // A daughter's transverse momentum to the hadron is about a third of the hadron's mass (c).
    private void AddDaughter(
        ref CounterRandom random,
        LorentzVector hadron,
        double pt,
        ParticleKind kind,
        Vector3 vertex,
        GrowingList<GenParticle> particles)
    {
        if (pt < 0.05) return;
        double distance = Math.Min(0.6, Mass / 3 * Math.Sqrt(2 * random.NextExponential()) / pt);
        (double Eta, double Phi) direction = Spread.Around(ref random, Axis.Of(hadron), distance);
        particles.Add(GenParticle.Of(kind, kind == ParticleKind.Photon ? 0 : random.NextSign(), pt, direction, vertex));
    }
}
