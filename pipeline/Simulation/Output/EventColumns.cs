namespace TauPipeline.Simulation;

/// <summary>What all candidates of an event share.</summary>
internal sealed class EventColumns
{
    private const int EventsPerLumi = 1000, LumisPerProcess = 10_000_000;

    private readonly GrowingTable _event = new("", false), _vertex = new("pv", false);
    private readonly Growing<uint> _run, _lumi;
    private readonly Growing<ulong> _evt, _dataset, _group;
    private readonly Growing<int> _npv, _sampleType, _tauType;
    private readonly Growing<float> _rho, _genWeight, _trainingWeight, _npu, _x, _y, _z, _t, _xE, _yE, _zE, _tE, _chi2, _ndof;

    public EventColumns()
    {
        _run = _event.Add<uint>("run");
        _lumi = _event.Add<uint>("lumi");
        _evt = _event.Add<ulong>("evt");
        _npv = _event.Int("npv");
        _rho = _event.Float("rho");
        _genWeight = _event.Float("genEventWeight");
        _trainingWeight = _event.Float("trainingWeight");
        _sampleType = _event.Int("sampleType");
        _tauType = _event.Int("tauType");
        _dataset = _event.Add<ulong>("dataset_id");
        _group = _event.Add<ulong>("dataset_group_id");
        _npu = _event.Float("npu");
        (_x, _y, _z, _t) = (_vertex.Float("x"), _vertex.Float("y"), _vertex.Float("z"), _vertex.Float("t"));
        (_xE, _yE, _zE, _tE) = (_vertex.Float("xE"), _vertex.Float("yE"), _vertex.Float("zE"), _vertex.Float("tE"));
        (_chi2, _ndof) = (_vertex.Float("chi2"), _vertex.Float("ndof"));
    }

    public GrowingTable[] Tables => [_event, _vertex];

    public void Add(in EventHeader header, Collision collision)
    {
        _run.Add(1);
        _lumi.Add((uint)(header.Process.Number * LumisPerProcess + 1 + header.Number / EventsPerLumi));
        _evt.Add((ulong)header.Number + 1);
        _npv.Add(collision.ReconstructedVertices);
        _npu.Add(collision.PileUpZ.Length);
        _rho.Add((float)collision.Rho);
        _genWeight.Add((float)header.Weight);
        _trainingWeight.Add(1);
        _sampleType.Add(1);                  // simulation
        // Filled by mixing only; raw files carry -1, whatever the type.
        _tauType.Add(-1);
        _dataset.Add(ulong.MaxValue);
        _group.Add(ulong.MaxValue);
        AddVertex(collision);
    }

    private void AddVertex(Collision collision)
    {
        _x.Add((float)collision.Vertex.X);
        _y.Add((float)collision.Vertex.Y);
        _z.Add((float)collision.Vertex.Z);
        _t.Add((float)collision.Time);
        _xE.Add((float)Collision.ResolutionXY);
        _yE.Add((float)Collision.ResolutionXY);
        _zE.Add((float)Collision.ResolutionZ);
        _tE.Add((float)Collision.TimeError);
        _chi2.Add((float)collision.Chi2);
        _ndof.Add((float)collision.Ndof);
    }
}

/// <summary>Which event it is.</summary>
internal readonly record struct EventHeader(Process Process, long Number, double Weight);
