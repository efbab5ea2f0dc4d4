namespace TauPipeline.Simulation;

/// <summary>Masses (GeV) and mean decay lengths (cm), PDG averages rounded.</summary>
internal static class Masses
{
    public const double Electron = 0.000511, Muon = 0.10566, ChargedPion = 0.13957, NeutralPion = 0.13498, NeutralKaon = 0.49761;
    public const double Tau = 1.77686,
        W = 80.38,
        Z = 91.19,
        Top = 172.5,
        Bottom = 4.8,
        Higgs = 125,
        CharmHadron = 1.87,
        BottomHadron = 5.28;
    public const double TauDecayLength = 87.03e-4, CharmDecayLength = 0.02, BottomDecayLength = 0.045;

    public static double Of(ParticleKind kind) => kind switch
    {
        ParticleKind.ChargedHadron => ChargedPion,
        ParticleKind.Electron => Electron,
        ParticleKind.Muon => Muon,
        ParticleKind.NeutralHadron => NeutralKaon,
        _ => 0,
    };
}
