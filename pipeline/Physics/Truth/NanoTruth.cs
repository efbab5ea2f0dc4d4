using TauPipeline.Foundation;

namespace TauPipeline.Physics;

/// <summary>Truth from NanoAOD's <c>Tau_genPartFlav</c>.</summary>
public static class NanoTruth
{
    /// <summary>
    /// 1 and 3 electrons, 2 and 4 muons (prompt, from taus), 5 hadronic taus; 0, unmatched, is a jet only with a matched
    /// gen jet. Pass <see langword="true"/> where the file does not tell about gen jets.
    /// </summary>
    /// <exception cref="StepFailed">Another code, or none.</exception>
    public static TruthMatch FromGenPartFlav(double flavour, bool hasMatchedGenJet) => flavour switch
    {
        0 => hasMatchedGenJet ? new(GenLeptonMatch.NoMatch, null) : new(null, TruthMatch.NothingThere),
        1 or 2 or 3 or 4 or 5 => new((GenLeptonMatch)flavour, null),
        _ => throw PhysicsErrors.UnknownCode("genPartFlav", flavour, "0 to 5"),
    };
}
