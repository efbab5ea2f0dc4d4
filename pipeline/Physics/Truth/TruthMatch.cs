using TauPipeline.Foundation;

namespace TauPipeline.Physics;

/// <summary>The truth of one candidate, or why it has none (data-preparation 2.3).</summary>
/// <param name="Match">What it is, or <see langword="null"/>.</param>
/// <param name="Reason">Why there is no match, fit for the row ledger; <see langword="null"/> when there is one.</param>
public readonly record struct TruthMatch(GenLeptonMatch? Match, string? Reason)
{
    /// <summary>Largest distance to the visible gen lepton; a candidate exactly there is matched.</summary>
    public const double LargestDeltaR = 0.2;

    /// <summary>Smallest visible pt of electrons and muons, prompt or from taus, GeV; exactly there is matched.</summary>
    public const double LightLeptonPt = 8;

    /// <summary>Smallest visible pt of hadronic taus, GeV; exactly there is matched.</summary>
    public const double HadronicTauPt = 15;

    /// <summary>The gen lepton is too far away.</summary>
    public const string TooFar = "dR to gen lepton above 0.2";

    /// <summary>The gen lepton is an electron or muon that is too soft.</summary>
    public const string LeptonTooSoft = "visible pt below 8";

    /// <summary>The gen lepton is a hadronic tau that is too soft.</summary>
    public const string TauTooSoft = "visible pt below 15";

    /// <summary>There is nothing to match.</summary>
    public const string NothingThere = "no gen lepton and no gen jet";

    /// <summary>The truth that a code states, 1 to 6: what first-generation tuples store.</summary>
    /// <exception cref="StepFailed">Another code.</exception>
    public static TruthMatch OfCode(int code) => Enum.IsDefined((GenLeptonMatch)code)
        ? new((GenLeptonMatch)code, null)
        : throw PhysicsErrors.UnknownCode("lepton_gen_match", code, "1 to 6");

    /// <summary>The truth of a candidate at (eta, phi).</summary>
    /// <exception cref="StepFailed">A lepton kind other than 1 to 5 with a matched lepton.</exception>
    public static TruthMatch Of(in GenTruth gen, double eta, double phi)
    {
        if (gen.LeptonIndex < 0) return gen.JetIndex >= 0 ? new(GenLeptonMatch.NoMatch, null) : new(null, NothingThere);
        // Asked so that a direction or momentum that is missing (NaN) is not matched.
        if (!(Angles.DeltaR(gen.VisibleEta, gen.VisiblePhi, eta, phi) <= LargestDeltaR)) return new(null, TooFar);
        return gen.LeptonKind switch
        {
            >= 1 and <= 4 => gen.VisiblePt >= LightLeptonPt ? new((GenLeptonMatch)gen.LeptonKind, null) : new(null, LeptonTooSoft),
            5 => gen.VisiblePt >= HadronicTauPt ? new(GenLeptonMatch.Tau, null) : new(null, TauTooSoft),
            _ => throw PhysicsErrors.UnknownCode("gen lepton kind", gen.LeptonKind, "1 to 5"),
        };
    }
}
