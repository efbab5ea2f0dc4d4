using TauPipeline.Foundation;

namespace TauPipeline.Simulation;

/// <summary>A reconstructed electron as TauTuple stores it; momenta and energies GeV (data-preparation.md 2.5, ele_).</summary>
internal struct ElectronObject
{
    public double Pt, Eta, Phi, Dxy, DxyError;
    public double ClusterEnergy, OtherClustersEnergy, EcalEnergy, EcalEnergyError, SeedEnergy, HadronEnergy;
    public int OtherClusters;
    public double MomentumAtVertex, MomentumAtCalo, MomentumOut, MomentumAtCluster, MomentumWithConstraint;
    public double DeltaEtaSuper, DeltaEtaSeed, DeltaEtaCluster, DeltaPhiSuper, DeltaPhiSeed, DeltaPhiCluster, DeltaEtaFlow, SigmaEtaEta;
    public int EarlyBrem, LateBrem;
    public double GsfChi2, GsfPt, GsfPtError, TrackChi2;
    public int GsfHits, TrackHits;

    public readonly bool HasTrack => TrackHits > 0;

    /// <summary>An electron that radiated that fraction of its energy.</summary>
    public static ElectronObject Genuine(ref CounterRandom random, in PfCandidate electron, double radiated)
    {
        bool isCrack = Calorimeter.IsCrack(electron.Eta);
        double energy = electron.Energy, quality = isCrack ? 3 : 1;
        double measured = energy * Math.Max(0.2, 1 + quality * 0.02 * random.NextNormal());
        ElectronObject ele = From(electron);
        ele.SetClusters(ref random, measured, radiated);
        ele.SetMomenta(ref random, energy, radiated, 0.02 + 0.03 * radiated);
        ele.SetMatching(ref random, quality, 1 + radiated);
        ele.EcalEnergyError = measured * quality * 0.02;
        ele.HadronEnergy = measured * (0.005 * quality + 0.01 * Calorimeter.PhotonResolution(measured)) * random.NextExponential();
        ele.SigmaEtaEta = (Math.Abs(electron.Eta) < 1.5 ? 0.0090 : 0.025) * (1 + 0.08 * quality * random.NextNormal());
        return ele;
    }

    /// <summary>A charged hadron that showers early and is taken for an electron.</summary>
    public static ElectronObject FromHadron(ref CounterRandom random, in PfCandidate hadron)
    {
        double ecal = hadron.Energy * Math.Clamp(1 - hadron.HcalFraction, 0.05, 1) * Math.Max(0.3, hadron.RawCaloFraction);
        ElectronObject ele = From(hadron);
        ele.SetClusters(ref random, ecal, 0.15 * random.NextDouble());
        ele.SetMomenta(ref random, hadron.Energy, 0.05 * random.NextExponential(), 0.02);
        ele.SetMatching(ref random, 4, 1.3);
        ele.EcalEnergyError = 0.06 * ecal;
        ele.HadronEnergy = hadron.Energy * hadron.HcalFraction * Math.Max(0.1, hadron.RawCaloFraction);
        ele.SigmaEtaEta = (Math.Abs(hadron.Eta) < 1.5 ? 0.0115 : 0.030) * (1 + 0.20 * random.NextNormal());
        return ele;
    }

    private static ElectronObject From(in PfCandidate track) =>
        new()
        {
            Pt = track.Pt,
            Eta = track.Eta,
            Phi = track.Phi,
            Dxy = track.Dxy,
            DxyError = track.DxyError,
        };

    private void SetClusters(ref CounterRandom random, double energy, double radiated)
    {
        EcalEnergy = energy;
        OtherClusters = random.NextPoisson(3 * radiated);
        OtherClustersEnergy = OtherClusters > 0 ? energy * radiated : 0;
        ClusterEnergy = energy - OtherClustersEnergy;
        SeedEnergy = ClusterEnergy * (1 - 0.02 * random.NextExponential());
    }

    private void SetMomenta(ref CounterRandom random, double momentum, double radiated, double resolution)
    {
        MomentumAtVertex = momentum * Math.Max(0.1, 1 + resolution * random.NextNormal());
        MomentumWithConstraint = MomentumAtVertex * (1 + 0.3 * resolution * random.NextNormal());
        MomentumOut = MomentumAtVertex * (1 - radiated) * Math.Max(0.2, 1 + 2 * resolution * random.NextNormal());
        MomentumAtCalo = MomentumOut + 0.1 * radiated * MomentumAtVertex;
        MomentumAtCluster = MomentumOut * (1 + resolution * random.NextNormal());
        GsfPt = MomentumAtVertex / Math.Cosh(Eta);
        GsfPtError = GsfPt * (0.01 + 0.08 * radiated + resolution);
        EarlyBrem = radiated > 0.25 + 0.1 * random.NextNormal() ? 1 : 0;
        LateBrem = radiated > 0.1 && random.NextBelow(0.3) ? 1 : 0;
    }

    private void SetMatching(ref CounterRandom random, double quality, double chi2)
    {
        DeltaEtaSuper = 0.0020 * quality * random.NextNormal();
        DeltaEtaSeed = 0.0018 * quality * random.NextNormal();
        DeltaEtaCluster = 0.0015 * quality * random.NextNormal();
        DeltaEtaFlow = 0.0018 * quality * random.NextNormal();
        DeltaPhiSuper = 0.004 * quality * random.NextNormal();
        DeltaPhiSeed = 0.005 * quality * random.NextNormal();
        DeltaPhiCluster = 0.004 * quality * random.NextNormal();
        GsfHits = 12 + random.NextBinomial(6, 0.8);
        GsfChi2 = chi2 * random.NextGamma(10) / 10;
        TrackHits = random.NextBelow(0.92) ? GsfHits - random.NextBinomial(6, 0.25) : 0;
        TrackChi2 = chi2 * chi2 * random.NextGamma(8) / 8;
    }
}
