using TauPipeline.Physics;

namespace TauPipeline.Simulation;

internal enum ObjectKind : byte { Electron, Muon, Tau, Jet }

/// <summary>Flavour of a jet; all light quarks as one.</summary>
internal enum Flavour : byte { None, Light, Charm, Bottom, Gluon }

/// <summary>An electron, muon, tau or parton of the hard scattering, before decay and fragmentation.</summary>
internal readonly record struct HardObject(ObjectKind Kind, LorentzVector P, int Charge, Flavour Flavour)
{
    public static HardObject Lepton(ObjectKind kind, LorentzVector p, int charge) => new(kind, p, charge, Flavour.None);

    public static HardObject Jet(Flavour flavour, LorentzVector p) => new(ObjectKind.Jet, p, 0, flavour);

    /// <summary>The generator's code of the parton or lepton.</summary>
    public int PdgId => Kind switch
    {
        ObjectKind.Electron => -11 * Charge,
        ObjectKind.Muon => -13 * Charge,
        ObjectKind.Tau => -15 * Charge,
        _ => Flavour switch { Flavour.Light => 1, Flavour.Charm => 4, Flavour.Bottom => 5, _ => 21 },
    };

    public static double LeptonMass(ObjectKind kind) => kind switch
    {
        ObjectKind.Electron => Masses.Electron,
        ObjectKind.Muon => Masses.Muon,
        _ => Masses.Tau,
    };
}
