using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>Top quark pairs: t -> b W twice, one W to a lepton, one to two light or charm quarks.</summary>
internal static class TopPair
{
    public static void SemiLeptonic(ref CounterRandom random, HardScattering scattering)
    {
        double pt = random.NextBosonPt(80), phi = random.NextAzimuth();
        int charge = random.NextSign();
        LorentzVector leptonic = DecayTop(ref random, scattering, pt, phi),
            hadronic = DecayTop(ref random, scattering, pt, Angles.Wrap(phi + Math.PI));
        LeptonicW.Decay(ref random, scattering, leptonic, charge);
        (LorentzVector up, LorentzVector down) = TwoBody.Decay(ref random, hadronic, 0, 0);
        bool hasCharm = random.NextBelow(0.5);
        scattering.Objects.Add(HardObject.Jet(hasCharm ? Flavour.Charm : Flavour.Light, up));
        scattering.Objects.Add(HardObject.Jet(Flavour.Light, down));
    }

    /// <summary>Adds the b quark and gives the W.</summary>
    private static LorentzVector DecayTop(ref CounterRandom random, HardScattering scattering, double pt, double phi)
    {
        LorentzVector top = LorentzVector.FromPtEtaPhiM(pt, 1.2 * random.NextNormal(), phi, Masses.Top);
        (LorentzVector w, LorentzVector bottom) = TwoBody.Decay(ref random, top, LeptonicW.Mass(ref random), Masses.Bottom);
        scattering.Objects.Add(HardObject.Jet(Flavour.Bottom, bottom));
        return w;
    }
}
