namespace TauPipeline.Physics;

#pragma warning disable CA1008 // the codes are the tuples' own, and zero is not among them
/// <summary>What a candidate is at generator level.</summary>
public enum GenLeptonMatch
{
    /// <summary>A prompt electron.</summary>
    Electron = 1,
    /// <summary>A prompt muon.</summary>
    Muon = 2,
    /// <summary>A tau decaying to an electron.</summary>
    TauElectron = 3,
    /// <summary>A tau decaying to a muon.</summary>
    TauMuon = 4,
    /// <summary>A tau decaying to hadrons.</summary>
    Tau = 5,
    /// <summary>No lepton: a genuine jet.</summary>
    NoMatch = 6,
}
