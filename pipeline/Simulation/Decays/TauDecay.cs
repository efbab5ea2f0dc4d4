using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>Lets taus decay in flight (fast-simulation.md, Genuine taus).</summary>
internal static class TauDecay
{
    /// <summary>Adds the decay products, neutrinos too, and says which mode it was and where it happened.</summary>
    public static (TauDecayMode Mode, Vector3 Vertex) Decay(
        ref CounterRandom random,
        LorentzVector tau,
        int charge,
        Vector3 origin,
        GrowingList<GenParticle> products)
    {
        TauDecayMode mode = TauDecayMode.Draw(ref random);
        Vector3 vertex = origin + Masses.TauDecayLength * random.NextExponential() / Masses.Tau * tau.Momentum;
        if (!mode.IsHadronic) Leptonic(ref random, mode, tau, charge, vertex, products);
        else
        {
            double mass = HadronMass(ref random, mode);
            (LorentzVector hadrons, LorentzVector neutrino) = TwoBody.Decay(ref random, tau, mass, 0);
            new Pions(mode, charge, vertex, products).Decay(ref random, hadrons);
            products.Add(GenParticle.Of(ParticleKind.Neutrino, 0, neutrino, vertex));
        }
        return (mode, vertex);
    }

    /// <summary>Breit-Wigner times (1-x)² (1+2x), x = (m/m_tau)², within what is allowed.</summary>
    private static double HadronMass(ref CounterRandom random, TauDecayMode mode)
    {
        if (mode.Hadrons is not { } resonance) return Masses.ChargedPion;
        while (true)
        {
            double mass = resonance.Draw(ref random, mode.Pions * Masses.ChargedPion + 0.001, Masses.Tau - 0.001);
            double x = mass * mass / (Masses.Tau * Masses.Tau);
            if (random.NextBelow((1 - x) * (1 - x) * (1 + 2 * x))) return mass;
        }
    }

    /// <summary>The lepton's energy fraction x of m_tau/2 follows x² (3 - 2x), as in an unpolarised V-A decay.</summary>
    private static void Leptonic(
        ref CounterRandom random,
        TauDecayMode mode,
        LorentzVector tau,
        int charge,
        Vector3 vertex,
        GrowingList<GenParticle> products)
    {
        ParticleKind kind = mode == TauDecayMode.ToElectron ? ParticleKind.Electron : ParticleKind.Muon;
        double x, mass = Masses.Of(kind);
        do x = random.NextBetween(2 * mass / Masses.Tau, 1); while (!random.NextBelow(x * x * (3 - 2 * x)));
        double energy = x * Masses.Tau / 2;
        LorentzVector lepton = TwoBody.Isotropic(ref random, Math.Sqrt(Math.Max(0, energy * energy - mass * mass)), mass).BoostedFrom(tau);
        products.Add(GenParticle.Of(kind, charge, lepton, vertex));
        products.Add(GenParticle.Of(ParticleKind.Neutrino, 0, tau - lepton, vertex));   // both neutrinos together
    }
}
