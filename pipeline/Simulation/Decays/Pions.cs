using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>The hadronic system of a tau decay, broken up by successive two-body phase space; neutral pions into two photons.</summary>
internal ref struct Pions(TauDecayMode mode, int charge, Vector3 vertex, GrowingList<GenParticle> products)
{
    private const double Heaviest = Masses.ChargedPion;

    // Charges are handed out in this order: the bachelor and one more carry the tau's, so that any pair left over is neutral.
    private int _charged = mode.Prongs, _neutral = mode.NeutralPions;

    /// <summary>a1 -> rho pi -> 3 pi, 4 pi -> (3 pi) pi -> ..., rho -> 2 pi.</summary>
    public void Decay(ref CounterRandom random, LorentzVector hadrons)
    {
        LorentzVector rest = hadrons;
        for (int left = mode.Pions; left > 1; left--)
        {
            double restMass = RestMass(ref random, rest.Mass, left - 1);
            (rest, LorentzVector pion) = TwoBody.Decay(ref random, rest, restMass, Heaviest);
            AddPion(ref random, pion);
        }
        AddPion(ref random, rest);
    }

    private static double RestMass(ref CounterRandom random, double mass, int pions)
    {
        double low = pions * Heaviest, high = mass - Heaviest;
        if (pions == 1 || high <= low) return low;
        if (pions == 2) return Resonance.Rho.Draw(ref random, low, high);
        double most = TwoBody.Momentum(mass, low, Heaviest);
        while (true)
        {
            double drawn = random.NextBetween(low, high);
            if (random.NextBelow(TwoBody.Momentum(mass, drawn, Heaviest) / most)) return drawn;
        }
    }

    // Neutral pions leave first: what remains for the rho of h 2pi0 is h pi0, of 3h a pair of opposite charges.
    private void AddPion(ref CounterRandom random, LorentzVector pion)
    {
        bool isNeutral = _neutral > 0 && (_neutral + _charged > 2 || random.NextBelow(0.5) || _charged == 0);
        if (isNeutral) AddNeutralPion(ref random, pion);
        else AddChargedPion(pion);
    }

    private void AddChargedPion(LorentzVector pion)
    {
        products.Add(GenParticle.Of(ParticleKind.ChargedHadron, _charged == 2 ? -charge : charge, pion, vertex));
        _charged--;
    }

    private void AddNeutralPion(ref CounterRandom random, LorentzVector pion)
    {
        (LorentzVector first, LorentzVector second) = TwoBody.Decay(ref random, pion, 0, 0);
        products.Add(GenParticle.Of(ParticleKind.Photon, 0, first, vertex));
        products.Add(GenParticle.Of(ParticleKind.Photon, 0, second, vertex));
        _neutral--;
    }
}
