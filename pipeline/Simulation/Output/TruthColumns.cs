
namespace TauPipeline.Simulation;

/// <summary>Generated lepton and generated jet of a candidate, and the reconstructed jet.</summary>
internal sealed class TruthColumns
{
    private readonly GrowingTable _lepton = new("genLepton", false), _jet = new("genJet", false);
    private readonly Growing<int> _index,
        _kind,
        _charge,
        _lastMother,
        _jetIndex,
        _nCharged,
        _nNeutral,
        _nElectrons,
        _nPhotons,
        _nMuons,
        _nB,
        _nC,
        _hadronFlavour,
        _partonFlavour;
    private readonly Growing<float> _pt, _eta, _phi, _mass, _jetPt, _jetEta, _jetPhi, _jetMass;
    private readonly Growing<float> _em, _had, _invisible, _chargedHadron, _neutralHadron, _chargedEm, _neutralEm, _muon;

    public TruthColumns()
    {
        (_index, _kind, _charge) = (_lepton.Index(), _lepton.Int("kind"), _lepton.Int("charge"));
        (_pt, _eta, _phi, _mass) = (_lepton.Float("vis_pt"), _lepton.Float("vis_eta"), _lepton.Float("vis_phi"), _lepton.Float("vis_mass"));
        _lastMother = _lepton.Int("lastMotherIndex");
        (_jetIndex, _jetPt, _jetEta, _jetPhi, _jetMass) = (
            _jet.Index(),
            _jet.Float("pt"),
            _jet.Float("eta"),
            _jet.Float("phi"),
            _jet.Float("mass"));
        (_em, _had, _invisible) = (_jet.Float("emEnergy"), _jet.Float("hadEnergy"), _jet.Float("invisibleEnergy"));
        (_chargedHadron, _neutralHadron) = (_jet.Float("chargedHadronEnergy"), _jet.Float("neutralHadronEnergy"));
        (_chargedEm, _neutralEm, _muon) = (_jet.Float("chargedEmEnergy"), _jet.Float("neutralEmEnergy"), _jet.Float("muonEnergy"));
        (_nCharged, _nNeutral) = (_jet.Int("chargedHadronMultiplicity"), _jet.Int("neutralHadronMultiplicity"));
        (_nElectrons, _nPhotons, _nMuons) = (
            _jet.Int("chargedEmMultiplicity"),
            _jet.Int("neutralEmMultiplicity"),
            _jet.Int("muonMultiplicity"));
        (_nB, _nC, _hadronFlavour, _partonFlavour) = (
            _jet.Int("n_bHadrons"),
            _jet.Int("n_cHadrons"),
            _jet.Int("hadronFlavour"),
            _jet.Int("partonFlavour"));
    }

    public GrowingTable[] Tables => [_lepton, _jet];

    /// <summary>A generated lepton, whose visible momentum may have been moved on purpose.</summary>
    public void AddLepton(in GenLepton lepton, int index)
    {
        _index.Add(index);
        _kind.Add(lepton.Kind);
        _charge.Add(lepton.Charge);
        _pt.Add((float)lepton.Visible.Pt);
        _eta.Add((float)lepton.Visible.Eta);
        _phi.Add((float)lepton.Visible.Phi);
        _mass.Add((float)lepton.Visible.Mass);
        _lastMother.Add(Absent.Index);   // the lepton is the first particle of its chain
    }

    public void AddNoLepton() => _lepton.AddMissing();

    public void AddJet(in GenJet jet, Flavour flavour, int index)
    {
        _jetIndex.Add(index);
        _jetPt.Add((float)jet.P.Pt);
        _jetEta.Add((float)jet.P.Eta);
        _jetPhi.Add((float)jet.P.Phi);
        _jetMass.Add((float)jet.P.Mass);
        _em.Add((float)(jet.ChargedEmEnergy + jet.NeutralEmEnergy));
        _had.Add((float)(jet.ChargedHadronEnergy + jet.NeutralHadronEnergy));
        _invisible.Add((float)jet.InvisibleEnergy);
        _chargedHadron.Add((float)jet.ChargedHadronEnergy);
        _neutralHadron.Add((float)jet.NeutralHadronEnergy);
        _chargedEm.Add((float)jet.ChargedEmEnergy);
        _neutralEm.Add((float)jet.NeutralEmEnergy);
        _muon.Add((float)jet.MuonEnergy);
        _nCharged.Add(jet.ChargedHadrons);
        _nNeutral.Add(jet.NeutralHadrons);
        _nElectrons.Add(jet.Electrons);
        _nPhotons.Add(jet.Photons);
        _nMuons.Add(jet.Muons);
        AddFlavour(flavour);
    }

    public void AddNoJet() => _jet.AddMissing();

    private void AddFlavour(Flavour flavour)
    {
        _nB.Add(flavour == Flavour.Bottom ? 1 : 0);
        _nC.Add(flavour == Flavour.Charm ? 1 : 0);
        _hadronFlavour.Add(flavour switch { Flavour.Bottom => 5, Flavour.Charm => 4, _ => 0 });
        _partonFlavour.Add(flavour switch { Flavour.Bottom => 5, Flavour.Charm => 4, Flavour.Light => 1, Flavour.Gluon => 21, _ => 0 });
    }
}
