using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>Neutral bosons that decay into two leptons.</summary>
internal static class Bosons
{
    private static readonly ObjectKind[] Leptons = [ObjectKind.Electron, ObjectKind.Muon, ObjectKind.Tau];

    public static void Z(ref CounterRandom random, HardScattering scattering)
    {
        ObjectKind lepton = Leptons[random.NextInt(3)];
        LorentzVector boson = Boson(ref random, Resonance.Z, peak: 6);
        AddPair(ref random, scattering, boson, lepton);
        if (random.NextBelow(0.3)) AddRecoil(ref random, scattering, boson);
    }

    public static void Higgs(ref CounterRandom random, HardScattering scattering)
    {
        LorentzVector boson = Boson(ref random, Resonance.Higgs, peak: 12);
        AddPair(ref random, scattering, boson, ObjectKind.Tau);
        if (random.NextBelow(0.3)) AddRecoil(ref random, scattering, boson);
    }

    public static void ZPrime(ref CounterRandom random, HardScattering scattering) =>
        AddPair(ref random, scattering, Boson(ref random, Resonance.ZPrime, peak: 30), ObjectKind.Tau);

    private static LorentzVector Boson(ref CounterRandom random, Resonance resonance, double peak)
    {
        double mass = resonance.Draw(ref random, 0.55 * resonance.Pole, 2 * resonance.Pole), pt = random.NextBosonPt(peak);
        double rapidity = 1.2 * random.NextNormal(), transverseMass = Math.Sqrt(mass * mass + pt * pt);
        (double sine, double cosine) = random.NextDirection();
        return new(pt * cosine, pt * sine, transverseMass * Math.Sinh(rapidity), transverseMass * Math.Cosh(rapidity));
    }

    private static void AddPair(ref CounterRandom random, HardScattering scattering, LorentzVector boson, ObjectKind lepton)
    {
        double mass = HardObject.LeptonMass(lepton);
        (LorentzVector minus, LorentzVector plus) = TwoBody.Decay(ref random, boson, mass, mass);
        scattering.Objects.Add(HardObject.Lepton(lepton, minus, -1));
        scattering.Objects.Add(HardObject.Lepton(lepton, plus, +1));
    }

    private static void AddRecoil(ref CounterRandom random, HardScattering scattering, LorentzVector boson)
    {
        Flavour flavour = random.NextBelow(0.6) ? Flavour.Light : Flavour.Gluon;
        double pt = Math.Max(boson.Pt, random.NextLogBetween(15, 40));
        scattering.Objects.Add(Partons.Jet(ref random, flavour, pt, Angles.Wrap(boson.Phi + Math.PI + 0.2 * random.NextNormal())));
    }
}
