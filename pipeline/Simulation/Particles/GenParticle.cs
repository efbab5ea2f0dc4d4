using TauPipeline.Physics;

namespace TauPipeline.Simulation;

internal enum ParticleKind : byte { ChargedHadron, Electron, Muon, Photon, NeutralHadron, Neutrino }

/// <summary>A particle before the detector; production vertex in the frame of the detector, cm.</summary>
internal struct GenParticle
{
    public ParticleKind Kind;
    public sbyte Charge;
    public bool IsPileUp;
    public double Pt, Eta, Phi, Mass;
    public Vector3 Vertex;

    public readonly LorentzVector P4 => LorentzVector.FromPtEtaPhiM(Pt, Eta, Phi, Mass);

    public readonly bool IsTrack => Charge != 0 && Kind != ParticleKind.Neutrino;

    public static GenParticle Of(ParticleKind kind, int charge, LorentzVector p4, Vector3 vertex) =>
        Of(kind, charge, p4.Pt, (p4.Eta, p4.Phi), vertex);

    public static GenParticle Of(ParticleKind kind, int charge, double pt, (double Eta, double Phi) direction, Vector3 vertex) => new()
    {
        Kind = kind,
        Charge = (sbyte)charge,
        Pt = pt,
        Eta = direction.Eta,
        Phi = direction.Phi,
        Mass = Masses.Of(kind),
        Vertex = vertex,
    };
}
