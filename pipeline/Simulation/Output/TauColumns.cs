using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>The reconstructed tau; all of it is missing where a generated tau has no candidate.</summary>
internal sealed class TauColumns
{
    private readonly GrowingTable _tau = new("tau", false);
    private readonly Growing<int> _index, _charge, _mode, _modeFinding, _newModeFinding, _hasVertex, _photons, _crack;
    private readonly Growing<float> _pt, _eta, _phi, _mass, _leadChi2, _eRatio, _emFraction, _etaAtEcal;
    private readonly Growing<float> _charged,
        _charged03,
        _footprint,
        _neutral,
        _neutralWeight,
        _neutralWeight03,
        _neutral03,
        _outside,
        _pileUp;
    private readonly Growing<float> _pcaX, _pcaY, _pcaZ, _dxy, _dxyError, _ip3d, _ip3dError, _dz, _dzError;
    private readonly Growing<float> _svX, _svY, _svZ, _flightX, _flightY, _flightZ, _flightSig, _gjAngle;
    private readonly Growing<float> _detaStrip, _dphiStrip, _drSignal, _drIso;

    public TauColumns()
    {
        _index = _tau.Index();
        (_pt, _eta, _phi, _mass, _charge, _mode) = (
            _tau.Float("pt"),
            _tau.Float("eta"),
            _tau.Float("phi"),
            _tau.Float("mass"),
            _tau.Int("charge"),
            _tau.Int("decayMode"));
        (_modeFinding, _newModeFinding) = (_tau.Int("decayModeFinding"), _tau.Int("decayModeFindingNewDMs"));
        (_charged, _charged03, _footprint) = (
            _tau.Float("chargedIsoPtSum"),
            _tau.Float("chargedIsoPtSumdR03"),
            _tau.Float("footprintCorrection"));
        (_neutral, _neutralWeight) = (_tau.Float("neutralIsoPtSum"), _tau.Float("neutralIsoPtSumWeight"));
        (_neutralWeight03, _neutral03) = (_tau.Float("neutralIsoPtSumWeightdR03"), _tau.Float("neutralIsoPtSumdR03"));
        (_outside, _pileUp) = (_tau.Float("photonPtSumOutsideSignalCone"), _tau.Float("puCorrPtSum"));
        (_pcaX, _pcaY, _pcaZ) = (_tau.Float("dxy_pca_x"), _tau.Float("dxy_pca_y"), _tau.Float("dxy_pca_z"));
        (_dxy, _dxyError, _ip3d, _ip3dError) = (_tau.Float("dxy"), _tau.Float("dxy_error"), _tau.Float("ip3d"), _tau.Float("ip3d_error"));
        (_dz, _dzError, _hasVertex) = (_tau.Float("dz"), _tau.Float("dz_error"), _tau.Int("hasSecondaryVertex"));
        (_svX, _svY, _svZ) = (_tau.Float("sv_x"), _tau.Float("sv_y"), _tau.Float("sv_z"));
        (_flightX, _flightY, _flightZ, _flightSig) = (
            _tau.Float("flightLength_x"),
            _tau.Float("flightLength_y"),
            _tau.Float("flightLength_z"),
            _tau.Float("flightLength_sig"));
        (_detaStrip, _dphiStrip) = (_tau.Float("pt_weighted_deta_strip"), _tau.Float("pt_weighted_dphi_strip"));
        (_drSignal, _drIso, _leadChi2) = (
            _tau.Float("pt_weighted_dr_signal"),
            _tau.Float("pt_weighted_dr_iso"),
            _tau.Float("leadingTrackNormChi2"));
        (_eRatio, _gjAngle, _photons, _emFraction) = (
            _tau.Float("e_ratio"),
            _tau.Float("gj_angle_diff"),
            _tau.Int("n_photons"),
            _tau.Float("emFraction"));
        (_crack, _etaAtEcal) = (_tau.Int("inside_ecal_crack"), _tau.Float("leadChargedCand_etaAtEcalEntrance"));
        Scores = new ScoreColumns(_tau);
    }

    public GrowingTable[] Tables => [_tau];

    public ScoreColumns Scores { get; }

    public void AddMissing() => _tau.AddMissing();

    public void AddKinematics(in TauCandidate tau, int index)
    {
        _index.Add(index);
        _pt.Add((float)tau.Pt);
        _eta.Add((float)tau.Eta);
        _phi.Add((float)tau.Phi);
        _mass.Add((float)tau.Mass);
        _charge.Add(tau.Charge);
        _mode.Add(tau.DecayMode);
        _modeFinding.Add(tau.DecayMode is 0 or 1 or 2 or 10 ? 1 : 0);
        _newModeFinding.Add(1);
    }

    public void Add(in IsolationSums sums)
    {
        _charged.Add((float)sums.Charged);
        _charged03.Add((float)sums.ChargedNarrow);
        _footprint.Add((float)sums.FootprintCorrection);
        _neutral.Add((float)sums.Neutral);
        _neutralWeight.Add((float)sums.NeutralWeighted);
        _neutralWeight03.Add((float)sums.NeutralWeightedNarrow);
        _neutral03.Add((float)sums.NeutralNarrow);
        _outside.Add((float)sums.PhotonsOutsideSignalCone);
        _pileUp.Add((float)sums.PileUpCorrection);
        _detaStrip.Add((float)sums.StripDeltaEta);
        _dphiStrip.Add((float)sums.StripDeltaPhi);
        _drSignal.Add((float)sums.SignalDistance);
        _drIso.Add((float)sums.IsolationDistance);
        _photons.Add(sums.SignalPhotons);
    }

    public void Add(in ImpactParameters impact)
    {
        _pcaX.Add((float)impact.ClosestPoint.X);
        _pcaY.Add((float)impact.ClosestPoint.Y);
        _pcaZ.Add((float)impact.ClosestPoint.Z);
        _dxy.Add((float)impact.Dxy);
        _dxyError.Add((float)impact.DxyError);
        _ip3d.Add((float)impact.Ip3d);
        _ip3dError.Add((float)impact.Ip3dError);
        _dz.Add((float)impact.Dz);
        _dzError.Add((float)impact.DzError);
    }

    public void Add(in FlightPath path, Vector3 vertex)
    {
        Vector3 secondary = vertex + path.Flight;
        _hasVertex.Add(path.Exists ? 1 : 0);
        _svX.Add(path.Exists ? (float)secondary.X : Absent.Float);
        _svY.Add(path.Exists ? (float)secondary.Y : Absent.Float);
        _svZ.Add(path.Exists ? (float)secondary.Z : Absent.Float);
        _flightX.Add((float)path.Flight.X);
        _flightY.Add((float)path.Flight.Y);
        _flightZ.Add((float)path.Flight.Z);
        _flightSig.Add((float)path.Significance);
        _gjAngle.Add((float?)path.AngleDifference ?? Absent.Float);
    }

    public void Add(in CaloShape calo, in PfCandidate lead)
    {
        _leadChi2.Add(lead.Ndof > 0 ? (float)(lead.Chi2 / lead.Ndof) : Absent.Float);
        _eRatio.Add((float)calo.ERatio);
        _emFraction.Add((float)calo.EmFraction);
        _crack.Add(calo.IsInCrack ? 1 : 0);
        _etaAtEcal.Add((float)calo.EtaAtEcal);
    }
}
