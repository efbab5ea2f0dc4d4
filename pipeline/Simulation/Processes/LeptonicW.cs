using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>W decays.</summary>
internal static class LeptonicW
{
    private static readonly ObjectKind[] Leptons = [ObjectKind.Electron, ObjectKind.Muon, ObjectKind.Tau];

    public static double Mass(ref CounterRandom random) => Resonance.W.Draw(ref random, 40, 120);

    /// <summary>Adds the charged lepton, a third each; its neutrino is not seen.</summary>
    public static void Decay(ref CounterRandom random, HardScattering scattering, LorentzVector w, int charge)
    {
        ObjectKind kind = Leptons[random.NextInt(3)];
        (LorentzVector lepton, _) = TwoBody.Decay(ref random, w, HardObject.LeptonMass(kind), 0);
        scattering.Objects.Add(HardObject.Lepton(kind, lepton, charge));
    }
}
