namespace TauPipeline.Simulation;

/// <summary>The electrons around a tau.</summary>
internal sealed class ElectronColumns
{
    private readonly GrowingTable _table = new("ele", true);
    private readonly Growing<int> _index, _others, _earlyBrem, _lateBrem, _gsfHits, _trackHits;
    private readonly Growing<float> _pt, _eta, _phi, _mass, _cluster, _otherEnergy, _dxy, _dxyError;
    private readonly Growing<float> _atVertex, _atCalo, _out, _atCluster, _constrained, _ecal, _ecalError;
    private readonly Growing<float> _superOverP, _seedOverP, _seedOverPout, _clusterOverPout;
    private readonly Growing<float> _etaSuper, _etaSeed, _etaCluster, _phiCluster, _phiSuper, _phiSeed;
    private readonly Growing<float> _sigma, _hadron, _etaFlow, _gsfChi2, _gsfPt, _gsfPtError, _trackChi2;

    public ElectronColumns()
    {
        _index = _table.Index();
        (_pt, _eta, _phi, _mass) = (_table.Float("pt"), _table.Float("eta"), _table.Float("phi"), _table.Float("mass"));
        (_cluster, _otherEnergy, _others) = (_table.Float("cc_ele_energy"), _table.Float("cc_gamma_energy"), _table.Int("cc_n_gamma"));
        (_dxy, _dxyError) = (_table.Float("dxy"), _table.Float("dxy_error"));
        (_atVertex, _atCalo, _out) = (
            _table.Float("trackMomentumAtVtx"),
            _table.Float("trackMomentumAtCalo"),
            _table.Float("trackMomentumOut"));
        (_atCluster, _constrained) = (_table.Float("trackMomentumAtEleClus"), _table.Float("trackMomentumAtVtxWithConstraint"));
        (_ecal, _ecalError) = (_table.Float("ecalEnergy"), _table.Float("ecalEnergy_error"));
        (_superOverP, _seedOverP) = (_table.Float("eSuperClusterOverP"), _table.Float("eSeedClusterOverP"));
        (_seedOverPout, _clusterOverPout) = (_table.Float("eSeedClusterOverPout"), _table.Float("eEleClusterOverPout"));
        (_etaSuper, _etaSeed) = (_table.Float("deltaEtaSuperClusterTrackAtVtx"), _table.Float("deltaEtaSeedClusterTrackAtCalo"));
        (_etaCluster, _phiCluster) = (_table.Float("deltaEtaEleClusterTrackAtCalo"), _table.Float("deltaPhiEleClusterTrackAtCalo"));
        (_phiSuper, _phiSeed) = (_table.Float("deltaPhiSuperClusterTrackAtVtx"), _table.Float("deltaPhiSeedClusterTrackAtCalo"));
        (_earlyBrem, _lateBrem) = (_table.Int("mvaInput_earlyBrem"), _table.Int("mvaInput_lateBrem"));
        (_sigma, _hadron, _etaFlow) = (
            _table.Float("mvaInput_sigmaEtaEta"),
            _table.Float("mvaInput_hadEnergy"),
            _table.Float("mvaInput_deltaEta"));
        (_gsfChi2, _gsfHits) = (_table.Float("gsfTrack_normalizedChi2"), _table.Int("gsfTrack_numberOfValidHits"));
        (_gsfPt, _gsfPtError) = (_table.Float("gsfTrack_pt"), _table.Float("gsfTrack_pt_error"));
        (_trackChi2, _trackHits) = (_table.Float("closestCtfTrack_normalizedChi2"), _table.Int("closestCtfTrack_numberOfValidHits"));
    }

    public GrowingTable[] Tables => [_table];

    public void Add(ReadOnlySpan<ElectronObject> electrons)
    {
        for (int i = 0; i < electrons.Length; i++)
        {
            ref readonly ElectronObject ele = ref electrons[i];
            _index.Add(i);
            AddKinematics(ele);
            AddEnergies(ele);
            AddMatching(ele);
        }
        _table.EndRow();
    }

    private void AddKinematics(in ElectronObject ele)
    {
        _pt.Add((float)ele.Pt);
        _eta.Add((float)ele.Eta);
        _phi.Add((float)ele.Phi);
        _mass.Add((float)Masses.Electron);
        _dxy.Add((float)ele.Dxy);
        _dxyError.Add((float)ele.DxyError);
        _atVertex.Add((float)ele.MomentumAtVertex);
        _atCalo.Add((float)ele.MomentumAtCalo);
        _out.Add((float)ele.MomentumOut);
        _atCluster.Add((float)ele.MomentumAtCluster);
        _constrained.Add((float)ele.MomentumWithConstraint);
        _gsfPt.Add((float)ele.GsfPt);
        _gsfPtError.Add((float)ele.GsfPtError);
    }

    private void AddEnergies(in ElectronObject ele)
    {
        _cluster.Add((float)ele.ClusterEnergy);
        _otherEnergy.Add((float)ele.OtherClustersEnergy);
        _others.Add(ele.OtherClusters);
        _ecal.Add((float)ele.EcalEnergy);
        _ecalError.Add((float)ele.EcalEnergyError);
        _hadron.Add((float)ele.HadronEnergy);
        _superOverP.Add((float)(ele.EcalEnergy / ele.MomentumAtVertex));
        _seedOverP.Add((float)(ele.SeedEnergy / ele.MomentumAtVertex));
        _seedOverPout.Add((float)(ele.SeedEnergy / ele.MomentumOut));
        _clusterOverPout.Add((float)(ele.ClusterEnergy / ele.MomentumOut));
        _earlyBrem.Add(ele.EarlyBrem);
        _lateBrem.Add(ele.LateBrem);
    }

    private void AddMatching(in ElectronObject ele)
    {
        _etaSuper.Add((float)ele.DeltaEtaSuper);
        _etaSeed.Add((float)ele.DeltaEtaSeed);
        _etaCluster.Add((float)ele.DeltaEtaCluster);
        _phiCluster.Add((float)ele.DeltaPhiCluster);
        _phiSuper.Add((float)ele.DeltaPhiSuper);
        _phiSeed.Add((float)ele.DeltaPhiSeed);
        _etaFlow.Add((float)ele.DeltaEtaFlow);
        _sigma.Add((float)ele.SigmaEtaEta);
        _gsfChi2.Add((float)ele.GsfChi2);
        _gsfHits.Add(ele.GsfHits);
        _trackChi2.Add(ele.HasTrack ? (float)ele.TrackChi2 : Absent.Float);
        _trackHits.Add(ele.HasTrack ? ele.TrackHits : Absent.Int);
    }
}
