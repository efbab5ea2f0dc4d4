using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Simulation;
using Xunit;

namespace TauPipeline.Tests.Unit.Simulation;

// Closure tests 2 to 5 of fast-simulation.md: the ranges are the specification's.
public class ReconstructionClosureTests(ClosureSamples samples) : IClassFixture<ClosureSamples>
{
    [Fact]
    public void Genuine_taus_pass_the_standard_selection_with_the_right_charge()
    {
        List<SimulatedRow> accepted = samples.AcceptedTaus, selected = samples.SelectedTaus;

        Fraction(accepted, row => row.IsSelected).ShouldBeInRange(0.70, 0.88);
        Fraction(accepted, row => row.DecayMode is 5 or 6).ShouldBeInRange(0.05, 0.18);
        Fraction(selected, row => row.Charge == row.LeptonCharge).ShouldBeGreaterThan(0.98);
    }

    [Fact]
    public void Decay_modes_are_found_again()
    {
        List<SimulatedRow> selected = samples.SelectedTaus;

        Fraction([.. selected.Where(row => row is { Prongs: 1, NeutralPions: 0 })], row => row.DecayMode == 0).ShouldBeGreaterThan(0.93);
        Fraction([.. selected.Where(row => row is { Prongs: 1, NeutralPions: > 0 })], row => row.DecayMode is 1 or 2)
            .ShouldBeGreaterThan(0.88);
        Fraction([.. selected.Where(row => row is { Prongs: 3, NeutralPions: 0 })], row => row.DecayMode == 10).ShouldBeGreaterThan(0.93);
        Fraction([.. selected.Where(row => row is { Prongs: 3, NeutralPions: > 0 })], row => row.DecayMode == 11)
            .ShouldBeInRange(0.65, 0.92);
    }

    [Fact]
    public void A_jet_gives_a_candidate_now_and_then_and_a_quark_more_often_than_a_gluon()
    {
        double quark = CandidatesPerJet(Flavour.Light), gluon = CandidatesPerJet(Flavour.Gluon);

        quark.ShouldBeInRange(0.10, 0.45);
        gluon.ShouldBeInRange(0.10, 0.45);
        quark.ShouldBeGreaterThan(gluon);
    }

    [Fact]
    public void Taus_are_isolated_and_jets_are_not()
    {
        Fraction(samples.SelectedTaus, row => row.Charged < 1.5).ShouldBeInRange(0.70, 0.88);
        WeightedFraction(samples.SelectedJets, row => row.Charged < 1.5).ShouldBeInRange(0.04, 0.18);
    }

    [Fact]
    public void Gluons_have_more_particles_than_quarks() =>
        (Constituents(Flavour.Gluon) / Constituents(Flavour.Light)).ShouldBeInRange(1.3, 1.8);

    [Fact]
    public void Isolation_alone_leaves_a_few_percent_of_jets_at_70_percent_efficiency() =>
        Leaves(row => row.Charged + Math.Max(0, row.Neutral - row.PileUp)).ShouldBeInRange(0.03, 0.12);

    [Fact]
    public void No_single_branch_separates_too_well()
    {
        foreach (
            Func<SimulatedRow, double> branch in (Func<SimulatedRow, double>[])
                [row => row.Charged, row => row.Neutral, row => row.PileUp, row => row.Mass, row => row.Pt, row => -row.DxySignificance])
            Leaves(branch).ShouldBeGreaterThan(0.01);
    }

    [Fact]
    public void The_stand_in_beats_isolation_alone() =>
        Leaves(row => -row.VsJet).ShouldBeLessThan(Leaves(row => row.Charged + Math.Max(0, row.Neutral - row.PileUp)));

    [Fact]
    public void Electrons_and_muons_pass_their_stand_ins_rarely()
    {
        double electronCut = Quantile(samples.SelectedTaus.Select(row => row.VsElectron), 0.10),
            muonCut = Quantile(samples.SelectedTaus.Select(row => row.VsMuon), 0.10);

        Fraction(samples.Electrons, row => row.VsElectron > electronCut).ShouldBeInRange(0.005, 0.05);
        Fraction(samples.Muons, row => row.VsMuon > muonCut).ShouldBeInRange(0.0005, 0.01);
    }

    /// <summary>Weighted fraction of jets below the cut that keeps 70 % of genuine taus.</summary>
    private double Leaves(Func<SimulatedRow, double> variable)
    {
        double cut = Quantile(samples.SelectedTaus.Select(variable), 0.70);
        return WeightedFraction(samples.SelectedJets, row => variable(row) <= cut);
    }

    // The spectrum of the weighted QCD sample, 30 to 100.
    private static double CandidatesPerJet(Flavour flavour)
    {
        const int events = 3000;
        var process = new Process("Jets" + flavour, 100, "", (ref random, scattering) =>
        {
            double pt = 30 * Math.Pow(1 - random.NextUnit() * (1 - Math.Pow(100.0 / 30, -3.5)), -1 / 3.5);
            scattering.Objects.Add(
                HardObject.Jet(flavour, LorentzVector.FromPtEtaPhiM(pt, random.NextBetween(-2.3, 2.3), random.NextAzimuth(), 0)));
        });
        return SimulatedRow.Of(process, events).Count(row => row.IsSelected) / (double)events;
    }

    private static double Constituents(Flavour flavour)
    {
        var particles = new GrowingList<GenParticle>();
        HardObject jet = HardObject.Jet(flavour, LorentzVector.FromPtEtaPhiM(50, 0.3, 1, 0));
        for (int i = 0; i < 4000; i++)
        {
            var random = new CounterRandom(3, (ulong)i);
            Fragmentation.Fragment(ref random, jet, default, particles);
        }
        int count = 0;
        foreach (GenParticle particle in particles.Items) if (particle.Pt > 0.5) count++;
        return count;
    }

    private static double Fraction(List<SimulatedRow> rows, Func<SimulatedRow, bool> passes) => rows.Count(passes) / (double)rows.Count;

    private static double WeightedFraction(List<SimulatedRow> rows, Func<SimulatedRow, bool> passes) =>
        rows.Where(passes).Sum(row => row.Weight) / rows.Sum(row => row.Weight);

    private static double Quantile(IEnumerable<double> values, double fraction)
    {
        double[] ordered = [.. values.Order()];
        return ordered[(int)(fraction * (ordered.Length - 1))];
    }
}
