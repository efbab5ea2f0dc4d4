using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>The decay chain of a generated lepton: the lepton first, then what it decays into; empty for jets.</summary>
internal sealed class GenParticleColumns
{
    private readonly GrowingTable _table = new("genParticle", true);
    private readonly Growing<int> _pdgId, _charge, _isFirst, _isLast;
    private readonly Growing<long> _mother;
    private readonly Growing<float> _pt, _eta, _phi, _mass, _x, _y, _z;

    public GenParticleColumns()
    {
        _pdgId = _table.Int("pdgId");
        _mother = _table.Add<long>("mother");
        (_charge, _isFirst, _isLast) = (_table.Int("charge"), _table.Int("isFirstCopy"), _table.Int("isLastCopy"));
        (_pt, _eta, _phi, _mass) = (_table.Float("pt"), _table.Float("eta"), _table.Float("phi"), _table.Float("mass"));
        (_x, _y, _z) = (_table.Float("vtx_x"), _table.Float("vtx_y"), _table.Float("vtx_z"));
    }

    public GrowingTable[] Tables => [_table];

    public void Add(in GeneratedObject generated, ReadOnlySpan<GenParticle> products, Vector3 origin)
    {
        if (generated.IsLepton) Add(generated.Hard.PdgId, -1, generated.Hard.Charge, generated.Hard.P, origin);
        if (generated.Hard.Kind == ObjectKind.Tau)
            foreach (ref readonly GenParticle product in products) Add(PdgId(product), 0, product.Charge, product.P4, product.Vertex);
        _table.EndRow();
    }

    private void Add(int pdgId, long mother, int charge, LorentzVector p, Vector3 vertex)
    {
        _pdgId.Add(pdgId);
        _mother.Add(mother);
        _charge.Add(charge);
        _isFirst.Add(1);
        _isLast.Add(1);
        _pt.Add((float)p.Pt);
        _eta.Add((float)p.Eta);
        _phi.Add((float)p.Phi);
        _mass.Add((float)p.Mass);
        _x.Add((float)vertex.X);
        _y.Add((float)vertex.Y);
        _z.Add((float)vertex.Z);
    }

    private static int PdgId(in GenParticle particle) => particle.Kind switch
    {
        ParticleKind.ChargedHadron => 211 * particle.Charge,
        ParticleKind.Electron => -11 * particle.Charge,
        ParticleKind.Muon => -13 * particle.Charge,
        ParticleKind.Photon => 22,
        ParticleKind.NeutralHadron => 130,
        _ => 16,
    };
}
