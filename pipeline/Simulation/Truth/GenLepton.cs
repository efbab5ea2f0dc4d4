using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>A prompt charged lepton as truth sees it (data-preparation.md 2.3).</summary>
/// <param name="Kind">1 electron, 2 muon, 3 tau to e, 4 tau to mu, 5 tau to hadrons.</param>
/// <param name="Charge">Of the lepton.</param>
/// <param name="Visible">Sum of all decay products but neutrinos.</param>
internal readonly record struct GenLepton(int Kind, int Charge, LorentzVector Visible)
{
    public const int HadronicTau = 5;

    /// <summary>Below it the match has no value.</summary>
    public double MinPt => Kind == HadronicTau ? 15 : 8;

    /// <summary>Beyond it the match has no value.</summary>
    public const double MaxDistance = 0.2;

    public static int KindOf(ObjectKind kind, TauDecayMode? mode) => kind switch
    {
        ObjectKind.Electron => 1,
        ObjectKind.Muon => 2,
        _ => mode == TauDecayMode.ToElectron ? 3 : mode == TauDecayMode.ToMuon ? 4 : HadronicTau,
    };
}
