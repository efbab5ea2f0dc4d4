using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>The particle-flow candidates around a tau. They are two thirds of all values, so a few columns are filled at a time.</summary>
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
        Span<int> index = _index.Extend(candidates.Length);
        for (int i = 0; i < index.Length; i++) index[i] = i;
        AddRoles(candidates);
        AddKinematics(candidates);
        AddWeights(candidates);
        AddVertices(candidates, collision);
        AddHits(candidates);
        AddTracks(candidates);
        _table.EndRow();
    }

    private void AddRoles(ReadOnlySpan<PfCandidate> candidates)
    {
        int count = candidates.Length;
        Span<int> signal = _signal.Extend(count), lead = _lead.Extend(count), isolation = _isolation.Extend(count);
        Span<int> jet = _jet.Extend(count), type = _type.Extend(count), charge = _charge.Extend(count);
        for (int i = 0; i < candidates.Length; i++)
        {
            ref readonly PfCandidate candidate = ref candidates[i];
            signal[i] = candidate.Role is TauRole.Prong or TauRole.SignalPhoton ? 1 : 0;
            lead[i] = candidate.IsLead ? 1 : 0;
            isolation[i] = candidate.Role == TauRole.Isolation ? 1 : 0;
            jet[i] = candidate.IsInJet ? 1 : 0;
            type[i] = (int)candidate.Type;
            charge[i] = candidate.Charge;
        }
    }

    private void AddKinematics(ReadOnlySpan<PfCandidate> candidates)
    {
        int count = candidates.Length;
        Span<float> pt = _pt.Extend(count), eta = _eta.Extend(count), phi = _phi.Extend(count), mass = _mass.Extend(count);
        for (int i = 0; i < candidates.Length; i++)
        {
            ref readonly PfCandidate candidate = ref candidates[i];
            pt[i] = (float)candidate.Pt;
            eta[i] = (float)candidate.Eta;
            phi[i] = (float)candidate.Phi;
            mass[i] = (float)candidate.Mass;
        }
    }

    private void AddWeights(ReadOnlySpan<PfCandidate> candidates)
    {
        int count = candidates.Length;
        Span<float> hcal = _hcal.Extend(count), raw = _rawCalo.Extend(count), puppi = _puppi.Extend(count);
        Span<float> withoutLeptons = _puppiNoLep.Extend(count);
        for (int i = 0; i < candidates.Length; i++)
        {
            ref readonly PfCandidate candidate = ref candidates[i];
            hcal[i] = (float)candidate.HcalFraction;
            raw[i] = (float)candidate.RawCaloFraction;
            puppi[i] = (float)candidate.PuppiWeight;
            withoutLeptons[i] = (float)candidate.PuppiWeightNoLep;
        }
    }

    private void AddVertices(ReadOnlySpan<PfCandidate> candidates, Collision collision)
    {
        int count = candidates.Length;
        Span<float> x = _x.Extend(count), y = _y.Extend(count), z = _z.Extend(count);
        Span<int> fromPV = _fromPV.Extend(count), quality = _quality.Extend(count);
        for (int i = 0; i < candidates.Length; i++)
        {
            ref readonly PfCandidate candidate = ref candidates[i];
            Vector3 closest = collision.Vertex;
            if (candidate.Charge != 0)
            {
                double across = candidate.Dxy / candidate.Pt;
                closest += new Vector3(-across * candidate.P4.Py, across * candidate.P4.Px, candidate.Dz);
            }
            x[i] = (float)closest.X;
            y[i] = (float)closest.Y;
            z[i] = (float)closest.Z;
            fromPV[i] = candidate.FromPV;
            quality[i] = candidate.PvQuality;
        }
        _t.Extend(count).Fill((float)collision.Time);
        _time.Extend(count).Clear();
        _timeError.Extend(count).Fill(-1);   // no timing detector
    }

    private void AddHits(ReadOnlySpan<PfCandidate> candidates)
    {
        int count = candidates.Length;
        Span<int> lostInner = _lostInner.Extend(count), hits = _hits.Extend(count), pixelHits = _pixelHits.Extend(count);
        Span<int> hasTrack = _hasTrack.Extend(count);
        for (int i = 0; i < candidates.Length; i++)
        {
            ref readonly PfCandidate candidate = ref candidates[i];
            lostInner[i] = candidate.LostInnerHits;
            hits[i] = candidate.Hits;
            pixelHits[i] = candidate.PixelHits;
            hasTrack[i] = candidate.HasTrackDetails ? 1 : 0;
        }
    }

    private void AddTracks(ReadOnlySpan<PfCandidate> candidates)
    {
        int count = candidates.Length;
        Span<float> dxy = _dxy.Extend(count), dxyError = _dxyError.Extend(count), dz = _dz.Extend(count), dzError = _dzError.Extend(count);
        Span<float> chi2 = _chi2.Extend(count), ndof = _ndof.Extend(count);
        for (int i = 0; i < candidates.Length; i++)
        {
            ref readonly PfCandidate candidate = ref candidates[i];
            bool has = candidate.HasTrackDetails;
            dxy[i] = has ? (float)candidate.Dxy : Absent.Float;
            dxyError[i] = has ? (float)candidate.DxyError : Absent.Float;
            dz[i] = has ? (float)candidate.Dz : Absent.Float;
            dzError[i] = has ? (float)candidate.DzError : Absent.Float;
            chi2[i] = has ? (float)candidate.Chi2 : Absent.Float;
            ndof[i] = has ? (float)candidate.Ndof : Absent.Float;
        }
    }
}
