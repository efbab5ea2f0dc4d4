namespace TauPipeline.Simulation;

/// <summary>The muons around a tau.</summary>
internal sealed class MuonColumns
{
    private readonly GrowingTable _table = new("muon", true);
    private readonly Growing<int> _index, _validHits;
    private readonly Growing<float> _pt, _eta, _phi, _mass, _dxy, _dxyError, _chi2, _segments, _calo, _ecal;
    private readonly Growing<int>[] _matches, _hits;

    public MuonColumns()
    {
        _index = _table.Index();
        (_pt, _eta, _phi, _mass) = (_table.Float("pt"), _table.Float("eta"), _table.Float("phi"), _table.Float("mass"));
        (_dxy, _dxyError, _chi2, _validHits) = (
            _table.Float("dxy"),
            _table.Float("dxy_error"),
            _table.Float("normalizedChi2"),
            _table.Int("numberOfValidHits"));
        (_segments, _calo, _ecal) = (_table.Float("segmentCompatibility"), _table.Float("caloCompatibility"), _table.Float("pfEcalEnergy"));
        _matches = Stations("n_matches");
        _hits = Stations("n_hits");
    }

    public GrowingTable[] Tables => [_table];

    public void Add(ReadOnlySpan<MuonObject> muons)
    {
        for (int i = 0; i < muons.Length; i++)
        {
            ref readonly MuonObject muon = ref muons[i];
            _index.Add(i);
            _pt.Add((float)muon.Pt);
            _eta.Add((float)muon.Eta);
            _phi.Add((float)muon.Phi);
            _mass.Add((float)Masses.Muon);
            _dxy.Add((float)muon.Dxy);
            _dxyError.Add((float)muon.DxyError);
            _chi2.Add(muon.IsGlobal ? (float)muon.Chi2 : Absent.Float);
            _validHits.Add(muon.ValidHits);
            _segments.Add((float)muon.SegmentCompatibility);
            _calo.Add((float)muon.CaloCompatibility);
            _ecal.Add(muon.HasEcalEnergy ? (float)muon.EcalEnergy : Absent.Float);
            for (int place = 0; place < StationCounts.Count; place++)
            {
                _matches[place].Add(muon.Matches[place]);
                _hits[place].Add(muon.Hits[place]);
            }
        }
        _table.EndRow();
    }

    private Growing<int>[] Stations(string count)
    {
        var columns = new Growing<int>[StationCounts.Count];
        for (int place = 0; place < columns.Length; place++)
            columns[place] = _table.Int(
                $"{count}_{StationCounts.Systems[place / StationCounts.Stations]}_{place % StationCounts.Stations + 1}");
        return columns;
    }
}
