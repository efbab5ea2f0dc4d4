using TauPipeline.Columns;

namespace TauPipeline.Simulation;

/// <summary>Candidates on their way into a batch: all columns of the layout.</summary>
internal sealed class TauTupleBuffer
{
    private readonly GrowingTable[] _tables;

    public TauTupleBuffer()
    {
        _tables =
        [
            .. Event.Tables,
            .. Truth.Tables,
            .. Jet.Tables,
            .. Tau.Tables,
            .. PfCand.Tables,
            .. Electrons.Tables,
            .. Muons.Tables,
            .. GenParticles.Tables,
        ];
        Schema = new Schema(_tables.SelectMany(table => table.Specs));
    }

    public Schema Schema { get; }

    public int Rows { get; private set; }

    public EventColumns Event { get; } = new();

    public TruthColumns Truth { get; } = new();

    public JetColumns Jet { get; } = new();

    public TauColumns Tau { get; } = new();

    public PfCandColumns PfCand { get; } = new();

    public ElectronColumns Electrons { get; } = new();

    public MuonColumns Muons { get; } = new();

    public GenParticleColumns GenParticles { get; } = new();

    /// <summary>The last part of a row: all that is around the candidate, and the decay chain of its lepton.</summary>
    public void AddSurroundings(
        in GeneratedObject generated,
        ReadOnlySpan<GenParticle> products,
        int index,
        ParticleFlow flow,
        Collision collision)
    {
        Jet.Add(flow.Candidates.Items, index);
        PfCand.Add(flow.Candidates.Items, collision);
        Electrons.Add(flow.Electrons.Items);
        Muons.Add(flow.Muons.Items);
        GenParticles.Add(generated, products, collision.True);
        Rows++;
    }

    /// <summary>The rows so far; starts again from nothing.</summary>
    public Batch Finish()
    {
        var batch = new Batch(_tables.SelectMany(table => table.Finish()), Rows);
        Rows = 0;
        return batch;
    }
}
