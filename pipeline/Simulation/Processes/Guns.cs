using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>Two leptons of opposite charge back to back, each flat in log pt from 15 to 1000 and in pseudorapidity.</summary>
internal static class Guns
{
    private const double MinPt = 15, MaxPt = 1000, MaxAbsEta = 2.4;

    public static void Tau(ref CounterRandom random, HardScattering scattering) => Shoot(ref random, scattering, ObjectKind.Tau);

    public static void Electron(ref CounterRandom random, HardScattering scattering) => Shoot(ref random, scattering, ObjectKind.Electron);

    public static void Muon(ref CounterRandom random, HardScattering scattering) => Shoot(ref random, scattering, ObjectKind.Muon);

    private static void Shoot(ref CounterRandom random, HardScattering scattering, ObjectKind kind)
    {
        double phi = random.NextAzimuth();
        for (int charge = -1; charge <= 1; charge += 2, phi = Angles.Wrap(phi + Math.PI))
        {
            double pt = random.NextLogBetween(MinPt, MaxPt), eta = random.NextBetween(-MaxAbsEta, MaxAbsEta);
            scattering.Objects.Add(HardObject.Lepton(kind, LorentzVector.FromPtEtaPhiM(pt, eta, phi, HardObject.LeptonMass(kind)), charge));
        }
    }
}
