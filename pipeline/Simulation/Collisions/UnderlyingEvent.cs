using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>Soft particles of the hard collision itself (fast-simulation.md, Event).</summary>
internal static class UnderlyingEvent
{
    private const double ChargedDensity = 0.8, PhotonDensity = 0.5, Threshold = 0.5, SoftMean = 0.55;   // densities per unit area (t)

    public static void Add(ref CounterRandom random, Cone cone, Vector3 vertex, GrowingList<GenParticle> particles)
    {
        int charged = random.NextPoisson(ChargedDensity * cone.Area), photons = random.NextPoisson(PhotonDensity * cone.Area);
        for (int i = 0; i < charged + photons; i++)
        {
            ParticleKind kind = i < charged ? ParticleKind.ChargedHadron : ParticleKind.Photon;
            (double eta, double phi) = cone.Inside(ref random);
            particles.Add(new()
            {
                Kind = kind,
                Charge = (sbyte)(i < charged ? random.NextSign() : 0),
                Pt = Threshold + SoftMean * random.NextExponential(),
                Eta = eta,
                Phi = phi,
                Mass = Masses.Of(kind),
                Vertex = vertex,
            });
        }
    }
}
