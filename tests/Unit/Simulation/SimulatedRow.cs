using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Simulation;

namespace TauPipeline.Tests.Unit.Simulation;

/// <summary>What the closure tests look at of a candidate.</summary>
internal sealed record SimulatedRow
{
    public required int TauIndex, DecayMode, Charge, LeptonIndex, Kind, LeptonCharge, GenJetIndex, Prongs, NeutralPions;
    public required double Pt, Eta, Phi, Dz, Charged, Neutral, PileUp, VsJet, VsElectron, VsMuon, Mass, DxySignificance, Rho, Weight;
    public required double VisiblePt, VisibleEta, VisiblePhi, GenJetPt;

    public bool HasTau => TauIndex >= 0;

    public bool IsHadronicTau => Kind == 5;

    /// <summary>The standard selection of fast-simulation.md.</summary>
    public bool IsSelected => HasTau && DecayMode is 0 or 1 or 2 or 10 or 11 && Math.Abs(Dz) < 0.2;

    /// <summary>Genuine hadronic tau with visible pt above 20 within 2.3: the denominator of closure test 2.</summary>
    public bool IsAcceptedTau => IsHadronicTau && VisiblePt > 20 && Math.Abs(VisibleEta) < 2.3;

    public static List<SimulatedRow> Of(string process, int events, SimulationSettings? settings = null) =>
        Of(Processes.ByName(process), events, settings);

    public static List<SimulatedRow> Of(Process process, int events, SimulationSettings? settings = null)
    {
        var generator = new EventGenerator(
            process,
            CounterRandom.Key(7, "closure"),
            settings ?? new SimulationSettings { UnmatchedFraction = 0 });
        List<SimulatedRow> rows = [];
        for (int first = 0; first < events; first += 1000) rows.AddRange(Of(generator.Candidates(first, Math.Min(1000, events - first))));
        return rows;
    }

    public static IEnumerable<SimulatedRow> Of(Batch batch)
    {
        JaggedColumn<int> pdgId = batch.Jagged<int>("genParticle_pdgId");
        for (int i = 0; i < batch.Rows; i++)
        {
            int[] chain = pdgId[i].ToArray();
            yield return new()
            {
                TauIndex = Int("tau_index"),
                DecayMode = Int("tau_decayMode"),
                Charge = Int("tau_charge"),
                LeptonIndex = Int("genLepton_index"),
                Kind = Int("genLepton_kind"),
                LeptonCharge = Int("genLepton_charge"),
                GenJetIndex = Int("genJet_index"),
                Prongs = chain.Count(id => Math.Abs(id) == 211),
                NeutralPions = chain.Count(id => id == 22) / 2,
                Pt = Float("tau_pt"),
                Eta = Float("tau_eta"),
                Phi = Float("tau_phi"),
                Dz = Float("tau_dz"),
                Mass = Float("tau_mass"),
                Charged = Float("tau_chargedIsoPtSum"),
                Neutral = Float("tau_neutralIsoPtSum"),
                PileUp = Float("tau_puCorrPtSum"),
                VsJet = Float("tau_byDeepTau2017v2p1VSjetraw"),
                VsElectron = Float("tau_byDeepTau2017v2p1VSeraw"),
                VsMuon = Float("tau_byDeepTau2017v2p1VSmuraw"),
                DxySignificance = Math.Abs(Float("tau_dxy")) / Float("tau_dxy_error"),
                Rho = Float("rho"),
                Weight = Float("genEventWeight"),
                VisiblePt = Float("genLepton_vis_pt"),
                VisibleEta = Float("genLepton_vis_eta"),
                VisiblePhi = Float("genLepton_vis_phi"),
                GenJetPt = Float("genJet_pt"),
            };

            int Int(string name) => batch.Flat<int>(name)[i];
            float Float(string name) => batch.Flat<float>(name)[i];
        }
    }
}
