using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>The reconstructed jet around a candidate.</summary>
internal sealed class JetColumns
{
    private readonly GrowingTable _jet = new("jet", false);
    private readonly Growing<int> _index, _constituents, _charged, _neutral;
    private readonly Growing<float> _pt, _eta, _phi, _mass, _neutralHadronFraction, _neutralEmFraction;

    public JetColumns()
    {
        _index = _jet.Index();
        (_pt, _eta, _phi, _mass) = (_jet.Float("pt"), _jet.Float("eta"), _jet.Float("phi"), _jet.Float("mass"));
        (_neutralHadronFraction, _neutralEmFraction) = (_jet.Float("neutralHadronEnergyFraction"), _jet.Float("neutralEmEnergyFraction"));
        (_constituents, _charged, _neutral) = (_jet.Int("nConstituents"), _jet.Int("chargedMultiplicity"), _jet.Int("neutralMultiplicity"));
    }

    public GrowingTable[] Tables => [_jet];

    public void Add(ReadOnlySpan<PfCandidate> candidates, int index)
    {
        LorentzVector jet = default;
        double neutralHadrons = 0, photons = 0;
        int charged = 0, neutral = 0;
        foreach (ref readonly PfCandidate candidate in candidates)
        {
            if (!candidate.IsInJet) continue;
            jet += candidate.P4;
            if (candidate.Charge != 0) charged++; else neutral++;
            if (candidate.Type == PfType.NeutralHadron) neutralHadrons += candidate.Energy;
            if (candidate.Type == PfType.Photon) photons += candidate.Energy;
        }
        if (charged + neutral == 0)
        {
            _jet.AddMissing();
            return;
        }
        _index.Add(index);
        _pt.Add((float)jet.Pt);
        _eta.Add((float)jet.Eta);
        _phi.Add((float)jet.Phi);
        _mass.Add((float)jet.Mass);
        _neutralHadronFraction.Add((float)(neutralHadrons / jet.E));
        _neutralEmFraction.Add((float)(photons / jet.E));
        _constituents.Add(charged + neutral);
        _charged.Add(charged);
        _neutral.Add(neutral);
    }
}
