using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>Decays into two bodies, isotropic in the rest frame of the parent (fast-simulation.md, Genuine taus).</summary>
internal static class TwoBody
{
    /// <summary>Momentum of either daughter in the rest frame of the parent; 0 where the decay is closed.</summary>
    public static double Momentum(double parent, double mass1, double mass2)
    {
        double sum = mass1 + mass2, difference = mass1 - mass2, square = parent * parent;
        return Math.Sqrt(Math.Max(0, (square - sum * sum) * (square - difference * difference))) / (2 * parent);
    }

    public static (LorentzVector, LorentzVector) Decay(ref CounterRandom random, LorentzVector parent, double mass1, double mass2)
    {
        LorentzVector first = Isotropic(ref random, Momentum(parent.Mass, mass1, mass2), mass1).BoostedFrom(parent);
        return (first, parent - first);
    }

    /// <summary>A momentum of that size in a random direction.</summary>
    public static LorentzVector Isotropic(ref CounterRandom random, double momentum, double mass)
    {
        double cosine = 1 - 2 * random.NextDouble(), transverse = momentum * Math.Sqrt(Math.Max(0, 1 - cosine * cosine));
        (double sinPhi, double cosPhi) = random.NextDirection();
        return new(transverse * cosPhi, transverse * sinPhi, momentum * cosine, Math.Sqrt(momentum * momentum + mass * mass));
    }
}
