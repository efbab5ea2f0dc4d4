using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>Soft particles of the other collisions of a crossing (fast-simulation.md, Event).</summary>
internal static class PileUp
{
    private const double ChargedDensity = 0.40, NeutralDensity = 0.21, PhotonShare = 0.70;   // per unit area and vertex (t)
    private const double Threshold = 0.3, SoftMean = 0.6, HardProbability = 0.03, HardThreshold = 2;

    /// <summary>Rho is measured on this much of the event's area, away from the candidates; the candidates' cones are 1.13 each.</summary>
    private const double ReferenceArea = 12;

    public static double Density(ref CounterRandom random, int vertices)
    {
        int particles = vertices > 0 ? random.NextPoisson(vertices * (ChargedDensity + NeutralDensity) * ReferenceArea) : 0;
        double sum = 0;
        for (int i = 0; i < particles; i++) sum += Pt(ref random);
        return sum / ReferenceArea;
    }

    /// <summary>Adds those within the cone around a candidate; charged and neutral ones alike come from one of the vertices.</summary>
    public static void Add(ref CounterRandom random, Cone cone, Collision collision, GrowingList<GenParticle> particles)
    {
        ReadOnlySpan<double> z = collision.PileUpZ;
        if (z.Length == 0) return;
        int charged = random.NextPoisson(z.Length * ChargedDensity * cone.Area), neutral = random.NextPoisson(z.Length * NeutralDensity * cone.Area);
        for (int i = 0; i < charged + neutral; i++)
        {
            ParticleKind kind = i < charged ? ParticleKind.ChargedHadron : random.NextBelow(PhotonShare) ? ParticleKind.Photon : ParticleKind.NeutralHadron;
            (double eta, double phi) = cone.Inside(ref random);
            particles.Add(new()
            {
                Kind = kind, Charge = (sbyte)(i < charged ? random.NextSign() : 0), IsPileUp = true, Pt = Pt(ref random), Eta = eta, Phi = phi,
                Mass = Masses.Of(kind), Vertex = new Vector3(0, 0, z[random.NextInt(z.Length)]),
            });
        }
    }

    private static double Pt(ref CounterRandom random) => random.NextBelow(HardProbability)
        ? HardThreshold / Math.Cbrt(random.NextOpen())
        : Threshold + SoftMean * random.NextExponential();
}
