using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>The particle-flow candidates around a tau.</summary>
internal sealed class PfCandColumns
{
    private readonly GrowingTable _table = new("pfCand", true);
    private readonly Growing<int> _index,
        _signal,
        _lead,
        _isolation,
        _jet,
        _type,
        _charge,
        _lostInner,
        _hits,
        _pixelHits,
        _fromPV,
        _quality,
        _hasTrack;
    private readonly Growing<float> _pt, _eta, _phi, _mass, _puppi, _puppiNoLep, _x, _y, _z, _t, _time, _timeError;
    private readonly Growing<float> _dxy, _dxyError, _dz, _dzError, _chi2, _ndof, _hcal, _rawCalo;

    public PfCandColumns()
    {
        (_index, _signal, _lead) = (_table.Index(), _table.Int("tauSignal"), _table.Int("tauLeadChargedHadrCand"));
        (_isolation, _jet) = (_table.Int("tauIso"), _table.Int("jetDaughter"));
        (_pt, _eta, _phi, _mass) = (_table.Float("pt"), _table.Float("eta"), _table.Float("phi"), _table.Float("mass"));
        (_quality, _fromPV, _puppi, _puppiNoLep) = (
            _table.Int("pvAssociationQuality"),
            _table.Int("fromPV"),
            _table.Float("puppiWeight"),
            _table.Float("puppiWeightNoLep"));
        (_type, _charge, _lostInner, _hits, _pixelHits) = (
            _table.Int("particleType"),
            _table.Int("charge"),
            _table.Int("lostInnerHits"),
            _table.Int("nHits"),
            _table.Int("nPixelHits"));
        (_x, _y, _z, _t) = (_table.Float("vertex_x"), _table.Float("vertex_y"), _table.Float("vertex_z"), _table.Float("vertex_t"));
        (_time, _timeError, _hasTrack) = (_table.Float("time"), _table.Float("timeError"), _table.Int("hasTrackDetails"));
        (_dxy, _dxyError, _dz, _dzError) = (_table.Float("dxy"), _table.Float("dxy_error"), _table.Float("dz"), _table.Float("dz_error"));
        (_chi2, _ndof, _hcal, _rawCalo) = (
            _table.Float("track_chi2"),
            _table.Float("track_ndof"),
            _table.Float("hcalFraction"),
            _table.Float("rawCaloFraction"));
    }

    public GrowingTable[] Tables => [_table];

    public void Add(ReadOnlySpan<PfCandidate> candidates, Collision collision)
    {
        for (int i = 0; i < candidates.Length; i++)
        {
            ref readonly PfCandidate candidate = ref candidates[i];
            _index.Add(i);
            AddKinematics(candidate);
            AddVertex(candidate, collision);
            AddTrack(candidate);
        }
        _table.EndRow();
    }

    private void AddKinematics(in PfCandidate candidate)
    {
        _signal.Add(candidate.Role is TauRole.Prong or TauRole.SignalPhoton ? 1 : 0);
        _lead.Add(candidate.IsLead ? 1 : 0);
        _isolation.Add(candidate.Role == TauRole.Isolation ? 1 : 0);
        _jet.Add(candidate.IsInJet ? 1 : 0);
        _pt.Add((float)candidate.Pt);
        _eta.Add((float)candidate.Eta);
        _phi.Add((float)candidate.Phi);
        _mass.Add((float)candidate.Mass);
        _type.Add((int)candidate.Type);
        _charge.Add(candidate.Charge);
        _hcal.Add((float)candidate.HcalFraction);
        _rawCalo.Add((float)candidate.RawCaloFraction);
        _puppi.Add((float)candidate.PuppiWeight);
        _puppiNoLep.Add((float)candidate.PuppiWeightNoLep);
    }

    private void AddVertex(in PfCandidate candidate, Collision collision)
    {
        Vector3 closest = collision.Vertex;
        if (candidate.Charge != 0)
        {
            double across = candidate.Dxy / candidate.Pt;
            closest += new Vector3(-across * candidate.P4.Py, across * candidate.P4.Px, candidate.Dz);
        }
        _x.Add((float)closest.X);
        _y.Add((float)closest.Y);
        _z.Add((float)closest.Z);
        _t.Add((float)collision.Time);
        _time.Add(0);
        _timeError.Add(-1);   // no timing detector
        _fromPV.Add(candidate.FromPV);
        _quality.Add(candidate.PvQuality);
    }

    private void AddTrack(in PfCandidate candidate)
    {
        bool has = candidate.HasTrackDetails;
        _lostInner.Add(candidate.LostInnerHits);
        _hits.Add(candidate.Hits);
        _pixelHits.Add(candidate.PixelHits);
        _hasTrack.Add(has ? 1 : 0);
        _dxy.Add(has ? (float)candidate.Dxy : Absent.Float);
        _dxyError.Add(has ? (float)candidate.DxyError : Absent.Float);
        _dz.Add(has ? (float)candidate.Dz : Absent.Float);
        _dzError.Add(has ? (float)candidate.DzError : Absent.Float);
        _chi2.Add(has ? (float)candidate.Chi2 : Absent.Float);
        _ndof.Add(has ? (float)candidate.Ndof : Absent.Float);
    }
}
