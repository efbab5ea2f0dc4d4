using TauPipeline.Foundation;

namespace TauPipeline.Simulation;

/// <summary>All datasets that can be simulated.</summary>
public static class Processes
{
    /// <summary>All, in the order of fast-simulation.md.</summary>
    public static IReadOnlyList<Process> All { get; } =
    [
        new("DYToLL_M50", 1, "Z to ee, mumu and tautau, a third each", Bosons.Z),
        new("TTToSemiLeptonic", 2, "top pairs: one W to a lepton, one to quarks", TopPair.SemiLeptonic),
        new("WJetsToLNu", 3, "W to a lepton with 1 to 3 jets", WithJets.W),
        new("QCD_Pt15to1000", 4, "two jets, flat in log pt, weighted", Dijets.Qcd),
        new("TauGun", 5, "two taus, flat in log pt", Guns.Tau),
        new("EGun", 6, "two electrons, flat in log pt", Guns.Electron),
        new("MuGun", 7, "two muons, flat in log pt", Guns.Muon),
        new("GluGluHToTauTau_M125", 8, "Higgs of 125 GeV to tautau", Bosons.Higgs),
        new("ZprimeToTauTau_M2000", 9, "heavy Z' of 2 TeV to tautau", Bosons.ZPrime),
    ];

    /// <summary>The process of that name.</summary>
    /// <exception cref="Misuse">There is none; names the nearest.</exception>
    public static Process ByName(string name) =>
        All.FirstOrDefault(process => process.Name == name) ?? throw SimulationErrors.UnknownProcess(name, All);
}
