using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Simulation;
using Xunit;

namespace TauPipeline.Tests.Unit.Simulation;

public sealed class ThorTupleTests
{
    private static readonly Batch Taus = Tuple("TauGun", 3000), Jets = Tuple("QCD_Pt15to1000", 500);

    // Branching fractions of PDG over the modes that the simulation has; 1pXn is h 2pi0 and h 3pi0.
    [Fact]
    public void Modes_of_matched_taus_come_with_their_branching_fractions()
    {
        double[] expected = [0.115, 0.259, 0.095 + 0.012, 0.098, 0.048];
        Batch thor = ThorTuple.Of(Taus);
        ReadOnlySpan<int> matched = thor.Flat<int>("TauJets_IsTruthMatched"), modes = thor.Flat<int>("TauJets_truthDecayMode");
        var counts = new int[6];
        for (int row = 0; row < modes.Length; row++)
            if (matched[row] == 1) counts[modes[row]]++;
            else modes[row].ShouldBe(-1);

        int all = counts.Sum();
        all.ShouldBeGreaterThan(2000);
        // Reconstruction finds modes with unlike efficiency: closer than a fifth says that none is taken for another.
        for (int mode = 0; mode < 5; mode++)
        {
            double share = expected[mode] / expected.Sum();
            (counts[mode] / (double)all).ShouldBe(share, 0.2 * share);
        }
        counts[5].ShouldBe(0);
    }

    [Fact]
    public void Rows_are_the_candidates_with_a_seed_and_none_of_jets_is_matched()
    {
        Batch thor = ThorTuple.Of(Jets);
        double[] seed = Jets["jet_pt"].ToDoubles(), pt = Jets["tau_pt"].ToDoubles(), eta = Jets["tau_eta"].ToDoubles();
        ReadOnlySpan<int> index = Jets.Flat<int>("tau_index");
        var expected = new List<float>();
        for (int row = 0; row < seed.Length; row++)
            if (index[row] >= 0 && (double.IsNaN(seed[row]) ? pt[row] : seed[row]) > 15 && Math.Abs(eta[row]) < 2.5)
                expected.Add((float)(double.IsNaN(seed[row]) ? pt[row] : seed[row]) * 1000);

        thor.Flat<float>("TauJets_ptJetSeed").ToArray().ShouldBe(expected);
        expected.Count.ShouldBeInRange(100, Jets.Rows);
        thor.Flat<int>("TauJets_IsTruthMatched").ToArray().ShouldAllBe(matched => matched == 0);
        thor.Schema.Columns.ShouldBe(ThorTuple.Schema.Columns);
    }

    [Fact]
    public void Tracks_are_the_charged_objects_within_0_4_hardest_first()
    {
        Batch thor = ThorTuple.Of(Jets);
        JaggedColumn<float> pt = thor.Jagged<float>("TauTracks_pt"), all = Jets.Jagged<float>("pfCand_pt");
        JaggedColumn<float> eta = Jets.Jagged<float>("pfCand_eta"), phi = Jets.Jagged<float>("pfCand_phi");
        JaggedColumn<int> charge = Jets.Jagged<int>("pfCand_charge");
        ReadOnlySpan<float> tauEta = Jets.Flat<float>("tau_eta"), tauPhi = Jets.Flat<float>("tau_phi");
        ReadOnlySpan<ulong> events = Jets.Flat<ulong>("evt"), found = thor.Flat<ulong>("TauJets_mcEventNumber");
        int row = 0, tracks = 0;
        for (int i = 0; i < thor.Rows; i++, row++)
        {
            while (events[row] != found[i] || tauEta[row] != thor.Flat<float>("TauJets_eta")[i]) row++;
            var expected = new List<float>();
            for (int k = 0; k < all[row].Length; k++)
                if (charge[row][k] != 0 && Angles.DeltaR(eta[row][k], phi[row][k], tauEta[row], tauPhi[row]) < 0.4)
                    expected.Add(all[row][k] * 1000);
            pt[i].ToArray().ShouldBe(expected.OrderByDescending(value => value));
            tracks += expected.Count;
        }
        tracks.ShouldBeGreaterThan(1000);
    }

    // Two pions of 30 and 10 GeV at 0.05 and 0.15, a photon of 20 at 0.05, a track of 10 at 0.3: by hand.
    [Fact]
    public void What_is_seen_of_the_whole_is_as_defined()
    {
        ThorObject Object(PfType type, int charge, double pt, double deta) => new((int)type, charge, pt, deta, 0, 0, 0, default);
        ThorObject[] objects =
        [
            Object(PfType.ChargedHadron, 1, 30, 0.05), Object(PfType.Photon, 0, 20, -0.05), Object(PfType.ChargedHadron, -1, 10, 0.15),
            Object(PfType.ChargedHadron, 1, 10, 0.3),
        ];

        ThorShape shape = ThorShape.Of(objects, 60);

        shape.CentralFraction.ShouldBe(50.0 / 60, 1e-12);
        shape.EtOverLeadingTrack.ShouldBe(2, 1e-12);
        shape.LargestDistance.ShouldBe(0.15, 1e-12);
        shape.OutsideFraction.ShouldBe(0.2, 1e-12);
        shape.FlowPtRatio.ShouldBe(1, 1e-12);
        // m^2 of massless objects: sum of 2 pt pt' (cosh(deta) - 1).
        double square = 2 * (30 * 20 * (Math.Cosh(0.1) - 1) + 30 * 10 * (Math.Cosh(0.1) - 1) + 20 * 10 * (Math.Cosh(0.2) - 1));
        shape.FlowMass.ShouldBe(Math.Sqrt(square), 1e-9);
        ThorShape.Of([], 60).ShouldBe(new ThorShape(0, 0, 0, 0, 0, 0));
    }

    private static Batch Tuple(string process, int events) =>
        new EventGenerator(Processes.ByName(process), CounterRandom.Key(5, "thor"), new SimulationSettings { UnmatchedFraction = 0 })
            .Candidates(0, events);
}
