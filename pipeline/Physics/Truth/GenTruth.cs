namespace TauPipeline.Physics;

/// <summary>The generator-level columns of one candidate that decide its truth.</summary>
/// <param name="LeptonIndex">Index of the gen lepton, negative for none.</param>
/// <param name="LeptonKind">1 prompt e, 2 prompt mu, 3 tau to e, 4 tau to mu, 5 tau to hadrons, 6 other.</param>
/// <param name="VisiblePt">Visible transverse momentum of the lepton, GeV.</param>
/// <param name="VisibleEta">Its pseudorapidity.</param>
/// <param name="VisiblePhi">Its azimuth.</param>
/// <param name="JetIndex">Index of the gen jet, negative for none.</param>
public readonly record struct GenTruth(
    int LeptonIndex,
    int LeptonKind,
    double VisiblePt,
    double VisibleEta,
    double VisiblePhi,
    int JetIndex);
