using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>Particle-flow codes of TauTuple (data-preparation.md 2.5, pfCand_particleType).</summary>
internal enum PfType { ChargedHadron = 1, Electron = 2, Muon = 3, Photon = 4, NeutralHadron = 5 }

/// <summary>What the reconstruction of a tau makes of a particle.</summary>
internal enum TauRole : byte { None, Prong, SignalPhoton, Isolation }

/// <summary>A reconstructed particle.</summary>
internal struct PfCandidate
{
    public PfType Type;
    public int Charge;
    public double Pt, Eta, Phi, Mass;
    public LorentzVector P4;
    public double Dxy, DxyError, Dz, DzError, Chi2, Ndof;
    public int LostInnerHits, PixelHits, Hits;
    public double HcalFraction, RawCaloFraction, PuppiWeight, PuppiWeightNoLep;
    public int FromPV, PvQuality;
    public TauRole Role;
    public bool IsLead, IsInJet;

    /// <summary>Where it was really made, relative to the hard vertex; only the secondary vertex fit may look at it.</summary>
    public Vector3 Origin;

    public readonly double Energy => P4.E;

    /// <summary>Track covariance is stored only above 0.95 GeV (fast-simulation.md, Reconstruction).</summary>
    public readonly bool HasTrackDetails => Charge != 0 && Pt > 0.95;

    /// <summary>A track that begins near the beam: no conversion, no strange decay.</summary>
    public readonly bool IsGoodTrack => Charge != 0 && LostInnerHits <= 1 && PixelHits > 0 && Pt > 0.5;

    public readonly bool IsFromHardVertex => Math.Abs(Dz) < 0.2;

    public readonly bool IsElectromagnetic => Type == PfType.Photon || (Type == PfType.Electron && !IsGoodTrack);

    public static PfCandidate Of(PfType type, int charge, double pt, double eta, double phi, double mass) => new()
    {
        Type = type,
        Charge = charge,
        Pt = pt,
        Eta = eta,
        Phi = Angles.Wrap(phi),
        Mass = mass,
        P4 = LorentzVector.FromPtEtaPhiM(pt, eta, phi, mass),
    };
}
