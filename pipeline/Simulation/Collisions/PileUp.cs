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

    /// <summary>The pile-up pt per unit area; the exponentials of all soft particles together are one gamma distributed number.</summary>
    public static double Density(ref CounterRandom random, int vertices)
    {
        double mean = vertices * (ChargedDensity + NeutralDensity) * ReferenceArea;
        if (mean == 0) return 0;
        int soft = random.NextPoisson((1 - HardProbability) * mean), hard = random.NextPoisson(HardProbability * mean);
        double sum = soft * Threshold + (soft > 0 ? SoftMean * random.NextGamma(soft) : 0);
        for (int i = 0; i < hard; i++) sum += HardPt(ref random);
        return sum / ReferenceArea;
    }

    /// <summary>Adds those within the cone around a candidate; charged and neutral ones alike come from one of the vertices.</summary>
    public static void Add(ref CounterRandom random, Cone cone, Collision collision, GrowingList<GenParticle> particles)
    {
        ReadOnlySpan<double> z = collision.PileUpZ;
        if (z.Length == 0) return;
        int charged = random.NextPoisson(z.Length * ChargedDensity * cone.Area),
            neutral = random.NextPoisson(z.Length * NeutralDensity * cone.Area);
        for (int i = 0; i < charged + neutral; i++)
        {
            ParticleKind kind =
                i < charged ? ParticleKind.ChargedHadron
                : random.NextBelow(PhotonShare) ? ParticleKind.Photon
                : ParticleKind.NeutralHadron;
            (double eta, double phi) = cone.Inside(ref random);
            particles.Add(new()
            {
                Kind = kind,
                Charge = (sbyte)(i < charged ? random.NextSign() : 0),
                IsPileUp = true,
                Pt = Pt(ref random),
                Eta = eta,
                Phi = phi,
                Mass = Masses.Of(kind),
                Vertex = new Vector3(0, 0, z[random.NextInt(z.Length)]),
            });
        }
    }

    private static double Pt(ref CounterRandom random) =>
        random.NextBelow(HardProbability) ? HardPt(ref random) : Threshold + SoftMean * random.NextExponential();

    // pt^-4 above the threshold.
    private static double HardPt(ref CounterRandom random) => HardThreshold / Math.Cbrt(random.NextUnit());
}
