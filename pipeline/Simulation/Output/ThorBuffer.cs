using TauPipeline.Columns;

namespace TauPipeline.Simulation;

/// <summary>Candidates on their way into a batch of <see cref="ThorTuple"/>: momenta in MeV, lengths in mm.</summary>
internal sealed class ThorBuffer
{
    private const float MeV = 1000, Millimetre = 10;

    // In the order in which they are worked out below.
    private static readonly string[] Floats =
    [
        "mcEventWeight", "mu", "pt", "ptJetSeed", "eta", "phi", "truthPtVis", "truthEtaVis", "RNNJetScore", "centFrac",
        "etOverPtLeadTrk", "dRmax", "SumPtTrkFrac", "ptRatioEflowApprox", "mEflowApprox",
    ];

    private readonly GrowingTable _event = new("", false), _tau = new("TauJets", false);
    private readonly GrowingTable _tracks = new("TauTracks", true), _conversions = new("ConvTrack", true);
    private readonly GrowingTable _neutrals = new("NeutralPFO", true), _shots = new("ShotPFO", true);
    private readonly Growing<uint> _run, _lumi;
    private readonly Growing<ulong> _number;
    private readonly Growing<int> _isMatched, _truthProngs, _truthMode, _mode, _prongs;
    private readonly Growing<float>[] _floats;
    private readonly Objects _ofTracks, _ofConversions, _ofNeutrals, _ofShots;
    private int _rows;

    public ThorBuffer()
    {
        (_run, _lumi) = (_event.Add<uint>("runNumber"), _event.Add<uint>("lumiBlock"));
        _number = _tau.Add<ulong>("mcEventNumber");
        (_isMatched, _truthProngs, _truthMode) = (_tau.Int("IsTruthMatched"), _tau.Int("truthProng"), _tau.Int("truthDecayMode"));
        (_prongs, _mode) = (_tau.Int("nTracks"), _tau.Int("decayMode"));
        _floats = [.. Floats.Select(_tau.Float)];
        (_ofTracks, _ofConversions) = (new Objects(_tracks, isTrack: true), new Objects(_conversions, isTrack: true));
        (_ofNeutrals, _ofShots) = (new Objects(_neutrals, isTrack: false), new Objects(_shots, isTrack: false));
        Schema = new Schema(Tables.SelectMany(table => table.Specs));
    }

    public Schema Schema { get; }

    private GrowingTable[] Tables => [_event, _tau, _tracks, _conversions, _neutrals, _shots];

    public void Add(Batch tuple, int row, float seedPt, IReadOnlyList<ThorObject> objects, in ThorDecay truth)
    {
        float tauPt = tuple.Flat<float>("tau_pt")[row];
        var shape = ThorShape.Of(objects, tauPt);
        _run.Add(tuple.Flat<uint>("run")[row]);
        _lumi.Add(tuple.Flat<uint>("lumi")[row]);
        _number.Add(tuple.Flat<ulong>("evt")[row]);
        _isMatched.Add(truth.IsMatched ? 1 : 0);
        _truthProngs.Add(truth.Prongs);
        _truthMode.Add(truth.Mode);
        _prongs.Add(objects.Count(one => one.IsTrack && one.Distance < ThorShape.Core));
        _mode.Add(ModeOf(tuple.Flat<int>("tau_decayMode")[row]));
        float[] values =
        [
            tuple.Flat<float>("genEventWeight")[row], tuple.Flat<float>("npu")[row], tauPt * MeV, seedPt * MeV,
            tuple.Flat<float>("tau_eta")[row], tuple.Flat<float>("tau_phi")[row], (float)truth.Pt * MeV, (float)truth.Eta,
            tuple.Flat<float>("tau_byDeepTau2017v2p1VSjetraw")[row], (float)shape.CentralFraction, (float)shape.EtOverLeadingTrack,
            (float)shape.LargestDistance, (float)shape.OutsideFraction, (float)shape.FlowPtRatio, (float)shape.FlowMass * MeV,
        ];
        for (int i = 0; i < values.Length; i++) _floats[i].Add(values[i]);
        _ofTracks.Add(objects.Where(one => one.IsTrack));
        _ofConversions.Add(objects.Where(one => one.Type == (int)PfType.Electron));
        _ofNeutrals.Add(objects.Where(one => !one.IsTrack && one.Distance < ThorShape.Core));
        _ofShots.Add(objects.Where(one => one.Type == (int)PfType.Photon && one.Distance < ThorShape.Centre));
        _rows++;
    }

    public Batch Finish()
    {
        var batch = new Batch(Tables.SelectMany(table => table.Finish()), _rows);
        _rows = 0;
        return batch;
    }

    // HPS' number of prongs and neutral pions, 5 (prongs - 1) + pions, as ATLAS numbers modes; two prongs are other.
    private static int ModeOf(int hps) => hps switch
    {
        0 => 0,
        1 => 1,
        > 1 and < 5 => 2,
        10 => 3,
        > 10 => 4,
        _ => 5,
    };

    /// <summary>The columns of one list of objects.</summary>
    private sealed class Objects(GrowingTable table, bool isTrack)
    {
        private readonly Growing<float> _pt = table.Float("pt"), _deta = table.Float("deta"), _dphi = table.Float("dphi");
        private readonly Growing<float>? _d0 = isTrack ? table.Float("d0") : null, _z0 = isTrack ? table.Float("z0sinTheta") : null;
        private readonly Growing<float>? _d0Significance = isTrack ? table.Float("d0Sig") : null;
        private readonly Growing<float>? _z0Significance = isTrack ? table.Float("z0sinThetaSig") : null;
        private readonly Growing<int>? _pixels = isTrack ? table.Int("nPixelHits") : null, _strips = isTrack ? table.Int("nSCTHits") : null;
        private readonly Growing<float>? _emFraction = isTrack ? null : table.Float("emFraction");

        public void Add(IEnumerable<ThorObject> objects)
        {
            foreach (ThorObject one in objects)
            {
                _pt.Add((float)one.Pt * MeV);
                _deta.Add((float)one.Deta);
                _dphi.Add((float)one.Dphi);
                _d0?.Add((float)one.Track.D0 * Millimetre);
                _z0?.Add((float)one.Track.Z0 * Millimetre);
                _d0Significance?.Add(Significance(one.Track.D0, one.Track.D0Error));
                _z0Significance?.Add(Significance(one.Track.Z0, one.Track.Z0Error));
                _pixels?.Add(one.Track.Pixels);
                _strips?.Add(one.Track.Hits - one.Track.Pixels);
                _emFraction?.Add((float)(1 - one.Hcal));
            }
            table.EndRow();
        }

        // Tracks too soft for a fit have no error.
        private static float Significance(double value, double error) => error > 0 ? (float)(value / error) : 0;
    }
}
