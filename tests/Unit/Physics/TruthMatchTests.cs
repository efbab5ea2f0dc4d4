using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using Xunit;

namespace TauPipeline.Tests.Unit.Physics;

/// <summary>The truth table of data-preparation 2.3 and its acceptance test in section 8.</summary>
public sealed class TruthMatchTests
{
    public static TheoryData<int, double, double, GenLeptonMatch?, string?> Table()
    {
        var table = new TheoryData<int, double, double, GenLeptonMatch?, string?>();
        foreach (int kind in Enumerable.Range(1, 5))
            foreach (double distance in new[] { 0.199, 0.2, 0.201 })
                foreach (double pt in new[] { 7.99, 8, 14.99, 15 })
                {
                    string? reason = distance == 0.201 ? "dR to gen lepton above 0.2" : kind == 5 && pt < 15 ? "visible pt below 15" : pt < 8 ? "visible pt below 8" : null;
                    table.Add(kind, distance, pt, reason is null ? (GenLeptonMatch)kind : null, reason);
                }
        return table;
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void Kinds_match_within_distance_and_above_threshold(int kind, double distance, double pt, GenLeptonMatch? match, string? reason)
    {
        var gen = new GenTruth(LeptonIndex: 0, kind, pt, VisibleEta: distance, VisiblePhi: 1, JetIndex: 3);

        TruthMatch.Of(gen, eta: 0, phi: 1).ShouldBe(new TruthMatch(match, reason));
    }

    [Fact]
    public void A_lepton_of_another_kind_is_an_error() =>
        Should.Throw<StepFailed>(() => TruthMatch.Of(new(0, 6, 20, 0, 0, -1), 0, 0)).Text.Title.ShouldContain("gen lepton kind");

    [Fact]
    public void Distances_wrap_around_in_azimuth()
    {
        TruthMatch.Of(new(0, 5, 20, 0, -3.1, -1), 0, 3.1).Match.ShouldBe(GenLeptonMatch.Tau);
        TruthMatch.Of(new(0, 5, 20, 0, -3.0, -1), 0, 3.05).Reason.ShouldBe(TruthMatch.TooFar);
    }

    [Fact]
    public void Without_a_gen_lepton_only_a_gen_jet_makes_a_jet()
    {
        TruthMatch.Of(new(-1, 0, 0, 0, 0, 2), 0, 0).Match.ShouldBe(GenLeptonMatch.NoMatch);
        TruthMatch.Of(new(-1, 0, 0, 0, 0, -1), 0, 0).ShouldBe(new TruthMatch(null, "no gen lepton and no gen jet"));
    }

    [Theory]
    [InlineData(GenLeptonMatch.Electron, "e", null)]
    [InlineData(GenLeptonMatch.Muon, "mu", null)]
    [InlineData(GenLeptonMatch.TauElectron, "e", "emb_e")]
    [InlineData(GenLeptonMatch.TauMuon, "mu", "emb_mu")]
    [InlineData(GenLeptonMatch.Tau, "tau", "emb_tau")]
    [InlineData(GenLeptonMatch.NoMatch, "jet", "emb_jet")]
    public void Types_follow_from_match_and_sample(GenLeptonMatch match, string simulated, string? embedded)
    {
        var truth = new TruthMatch(match, null);

        truth.TypeIn(SampleType.Simulation).ShouldBe(TauTypes.Parse(simulated));
        if (embedded is null) Should.Throw<StepFailed>(() => truth.TypeIn(SampleType.Embedded));
        else truth.TypeIn(SampleType.Embedded).ShouldBe(TauTypes.Parse(embedded));
    }

    [Fact]
    public void Data_needs_no_match_and_others_are_dropped_without_one()
    {
        var none = new TruthMatch(null, TruthMatch.NothingThere);

        none.TypeIn(SampleType.Data).ShouldBe(TauType.Data);
        none.TypeIn(SampleType.Simulation).ShouldBeNull();
        none.TypeIn(SampleType.Embedded).ShouldBeNull();
    }

    [Theory]
    [InlineData(1, "e")]
    [InlineData(2, "mu")]
    [InlineData(3, "e")]
    [InlineData(4, "mu")]
    [InlineData(5, "tau")]
    [InlineData(0, "jet")]
    public void NanoAOD_flavours_give_the_same_classes(byte flavour, string type) =>
        NanoTruth.FromGenPartFlav(flavour, hasMatchedGenJet: true).TypeIn(SampleType.Simulation).ShouldBe(TauTypes.Parse(type));

    [Fact]
    public void An_unmatched_NanoAOD_tau_without_gen_jet_has_no_truth()
    {
        NanoTruth.FromGenPartFlav(0, hasMatchedGenJet: false).Reason.ShouldBe(TruthMatch.NothingThere);
        Should.Throw<StepFailed>(() => NanoTruth.FromGenPartFlav(6, hasMatchedGenJet: true));
    }

    [Fact]
    public void An_unknown_type_name_gives_the_nearest() => Should.Throw<Misuse>(() => TauTypes.Parse("jets")).Text.Facts[0].Value.ShouldStartWith("jet");

    [Fact]
    public void Stored_working_points_are_decoded_as_bits_or_as_a_number()
    {
        var ordinal = new StoredWorkingPoints(WorkingPointEncoding.Ordinal, [WorkingPoint.VLoose, WorkingPoint.Loose, WorkingPoint.Medium, WorkingPoint.Tight]);

        WorkingPoints.All.Where(point => StoredWorkingPoints.TauTuple.Passes(0b000011111, point)).Last().ShouldBe(WorkingPoint.Medium);
        StoredWorkingPoints.TauTuple.Passes(0b100000000, WorkingPoint.VVVTight).ShouldBeTrue();
        ordinal.Passes(2, WorkingPoint.Loose).ShouldBeTrue();
        ordinal.Passes(2, WorkingPoint.Medium).ShouldBeFalse();
        Should.Throw<Misuse>(() => ordinal.Passes(2, WorkingPoint.VVTight));
    }

    [Fact]
    public void Standard_decay_modes_leave_two_prongs_out() =>
        Enumerable.Range(0, 15).Where(DecayModes.IsStandard).ShouldBe(DecayModes.Standard.Select(mode => (int)mode));
}
