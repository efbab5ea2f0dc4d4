namespace TauPipeline.Physics;

/// <summary>
/// Truth from DAOD_PHYSLITE's <c>IsTruthMatched</c> and <c>truthParticleLink</c>. Matched says no more than that there is a lepton: of
/// which kind, the container tells that the link points into. It is named by a hash of its name and class, the same in every file.
/// </summary>
public static class PhysliteTruth
{
    /// <summary>
    /// The hash of the containers <c>TruthElectrons</c>, <c>TruthMuons</c> and <c>TruthTaus</c>, as a file's <c>EventFormat</c> has them.
    /// </summary>
    public const uint Electrons = 394100163, Muons = 342174277, Taus = 375408000;

    /// <summary>The link points elsewhere, or nowhere.</summary>
    public const string UnknownContainer = "matched, but not into TruthElectrons, TruthMuons or TruthTaus";

    /// <summary>The truth of a candidate; unmatched ones are jets.</summary>
    public static TruthMatch Of(bool isMatched, uint container) => (isMatched, container) switch
    {
        (false, _) => new(GenLeptonMatch.NoMatch, null),
        (_, Electrons) => new(GenLeptonMatch.Electron, null),
        (_, Muons) => new(GenLeptonMatch.Muon, null),
        (_, Taus) => new(GenLeptonMatch.Tau, null),
        _ => new(null, UnknownContainer),
    };
}
