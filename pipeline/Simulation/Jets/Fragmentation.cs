using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>Turns a parton into hadrons (fast-simulation.md, Jets).</summary>
internal static class Fragmentation
{
    private const double ChargedShare = 0.62, NeutralPionShare = 0.26, NeutralHadronShare = 0.12, ShareConcentration = 8;

    public static void Fragment(ref CounterRandom random, HardObject jet, Vector3 origin, GrowingList<GenParticle> particles)
    {
        Axis rest = Axis.Of(jet.P);
        JetShape shape = jet.Flavour == Flavour.Gluon ? JetShape.Gluon : JetShape.Quark;
        if (jet.Flavour is Flavour.Charm or Flavour.Bottom) rest = HeavyHadron.Decay(ref random, jet, origin, particles);
        Light(ref random, rest, shape, origin, particles);
    }

    private static void Light(ref CounterRandom random, Axis axis, JetShape shape, Vector3 origin, GrowingList<GenParticle> particles)
    {
        double mean = shape.MeanCharged(axis.Pt);
        // Gamma-Poisson: variance mean + (0.25 mean)², so a gamma of shape 1 / 0.25².
        int charged = random.NextPoisson(mean * random.NextGamma(16) / 16);
        int pions = random.NextPoisson(0.5 * charged), neutrals = random.NextPoisson(0.25 * charged);
        if (charged + pions + neutrals == 0) charged = 1;
        double a = charged > 0 ? random.NextGamma(ShareConcentration * ChargedShare) : 0;
        double b = pions > 0 ? random.NextGamma(ShareConcentration * NeutralPionShare) : 0;
        double c = neutrals > 0 ? random.NextGamma(ShareConcentration * NeutralHadronShare) : 0;
        double unit = axis.Pt / (a + b + c);
        Share(ref random, axis, charged, a * unit, shape, ParticleKind.ChargedHadron, origin, particles);
        Share(ref random, axis, pions, b * unit, shape, ParticleKind.Photon, origin, particles);
        Share(ref random, axis, neutrals, c * unit, shape, ParticleKind.NeutralHadron, origin, particles);
    }

    private static void Share(
        ref CounterRandom random,
        Axis axis,
        int count,
        double pt,
        JetShape shape,
        ParticleKind kind,
        Vector3 origin,
        GrowingList<GenParticle> particles)
    {
        if (count == 0) return;
        Span<double> parts = count <= 128 ? stackalloc double[count] : new double[count];
        double sum = 0;
        foreach (ref double part in parts) sum += part = random.NextGamma(shape.Concentration);
        foreach (double part in parts) Add(ref random, axis, pt * part / sum, kind, origin, particles);
    }

    private static void Add(
        ref CounterRandom random,
        Axis axis,
        double pt,
        ParticleKind kind,
        Vector3 origin,
        GrowingList<GenParticle> particles)
    {
        if (pt < 0.05) return;   // no detector of ours sees it, and nothing is normalised to it
        (double eta, double phi) = Spread.Around(ref random, axis, Spread.Distance(ref random, pt));
        if (kind != ParticleKind.Photon)
        {
            particles.Add(GenParticle.Of(kind, kind == ParticleKind.ChargedHadron ? random.NextSign() : 0, pt, (eta, phi), origin));
            return;
        }
        LorentzVector pion = LorentzVector.FromPtEtaPhiM(pt, eta, phi, Masses.NeutralPion);
        (LorentzVector first, LorentzVector second) = TwoBody.Decay(ref random, pion, 0, 0);
        particles.Add(GenParticle.Of(ParticleKind.Photon, 0, first, origin));
        particles.Add(GenParticle.Of(ParticleKind.Photon, 0, second, origin));
    }
}
