using TauPipeline.Foundation;

namespace TauPipeline.Simulation;

/// <summary>A W boson that recoils against one to three jets, 60 % of them quarks.</summary>
internal static class WithJets
{
    public static void W(ref CounterRandom random, HardScattering scattering)
    {
        int jets = random.NextBelow(0.7) ? 1 : random.NextBelow(0.7) ? 2 : 3;
        double px = 0, py = 0;
        for (int i = 0; i < jets; i++)
        {
            Flavour flavour = random.NextBelow(0.6) ? Flavour.Light : Flavour.Gluon;
            HardObject jet = Partons.Jet(ref random, flavour, Partons.FallingPt(ref random), random.NextAzimuth());
            scattering.Objects.Add(jet);
            px -= jet.P.Px;
            py -= jet.P.Py;
        }
        double mass = LeptonicW.Mass(ref random), pz = Math.Sqrt(mass * mass + px * px + py * py) * Math.Sinh(1.4 * random.NextNormal());
        LeptonicW.Decay(ref random, scattering, new(px, py, pz, Math.Sqrt(mass * mass + px * px + py * py + pz * pz)), random.NextSign());
    }
}
