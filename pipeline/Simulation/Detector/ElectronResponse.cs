using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>Electrons: bremsstrahlung along phi, a supercluster, a track, and the rarer failures that make them look like taus.</summary>
internal static class ElectronResponse
{
    // How often an electron is no electron of particle flow, and how often it then has no electron object either; a photon that the
    // supercluster misses (c).
    private const double Lost = 0.06, LostInCrack = 0.30, ObjectLost = 0.5, Escape = 0.20;

    public static void Measure(ref CounterRandom random, in GenParticle particle, Tracker tracker, ParticleFlow flow)
    {
        if (Math.Abs(particle.Eta) > Tracker.Acceptance) return;
        double radiated = Bremsstrahlung.Draw(ref random, particle.Eta);
        bool isLost = random.NextBelow(Calorimeter.IsCrack(particle.Eta) ? LostInCrack : Lost);
        double escaped = isLost ? radiated : random.NextBelow(Escape) ? radiated * random.NextDouble() : 0;
        Radiate(ref random, particle, escaped, flow);

        double scale = isLost ? 1 : Math.Max(0.2, 1 + (Calorimeter.IsCrack(particle.Eta) ? 0.08 : 0.02) * random.NextNormal());
        GenParticle kept = particle with { Pt = particle.Pt * (1 - escaped) * scale };
        PfCandidate electron = tracker.Measure(ref random, kept, isLost ? PfType.ChargedHadron : PfType.Electron, isDense: false);
        electron.HcalFraction = isLost ? Math.Min(1, 0.03 + 0.05 * random.NextExponential()) : 0;
        electron.RawCaloFraction = Math.Max(0, 1 + 0.03 * random.NextNormal());
        VertexAssociation.Associate(ref electron, isPileUp: false);
        flow.Candidates.Add(electron);
        if (isLost && random.NextBelow(ObjectLost)) return;
        flow.Electrons.Add(ElectronObject.Genuine(ref random, electron, radiated));
    }

    private static void Radiate(ref CounterRandom random, in GenParticle particle, double escaped, ParticleFlow flow)
    {
        double pt = escaped * particle.Pt;
        if (pt < Calorimeter.PhotonThreshold) return;
        double opening = Math.Min(0.25, 0.5 * random.NextDouble() / Math.Max(1, particle.Pt * (1 - escaped)));
        PhotonResponse.AddPhoton(ref random, pt, particle.Eta, Angles.Wrap(particle.Phi - particle.Charge * opening), flow);
    }
}
