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
                    string? reason =
                        distance == 0.201 ? "dR to gen lepton above 0.2"
                        : kind == 5 && pt < 15 ? "visible pt below 15"
                        : pt < 8 ? "visible pt below 8"
                        : null;
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
    public void A_lepton_whose_direction_or_momentum_is_missing_is_not_matched()
    {
        TruthMatch.Of(new(0, 5, 20, double.NaN, 0, 1), 0, 0).Reason.ShouldBe(TruthMatch.TooFar);
        TruthMatch.Of(new(0, 5, double.NaN, 0, 0, 1), 0, 0).Reason.ShouldBe(TruthMatch.TauTooSoft);
        TruthMatch.Of(new(0, 1, double.NaN, 0, 0, 1), 0, 0).Reason.ShouldBe(TruthMatch.LeptonTooSoft);
    }

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

    [Fact]
    public void A_prompt_lepton_in_an_embedded_sample_is_refused()
    {
        foreach (GenLeptonMatch match in new[] { GenLeptonMatch.Electron, GenLeptonMatch.Muon })
        {
            new CandidateTruth(SampleType.Simulation, new(match, null)).Checked().Code.ShouldBe((int)match);
            Should.Throw<StepFailed>(() => new CandidateTruth(SampleType.Embedded, new(match, null)).Checked());
        }
        new CandidateTruth(SampleType.Embedded, new(GenLeptonMatch.TauMuon, null)).Checked().Code.ShouldBe(4);
    }

    [Theory]
    [InlineData(1, GenLeptonMatch.Electron)]
    [InlineData(2, GenLeptonMatch.Muon)]
    [InlineData(3, GenLeptonMatch.TauElectron)]
    [InlineData(4, GenLeptonMatch.TauMuon)]
    [InlineData(5, GenLeptonMatch.Tau)]
    [InlineData(0, GenLeptonMatch.NoMatch)]
    public void NanoAOD_flavours_give_the_same_matches(byte flavour, GenLeptonMatch match) =>
        NanoTruth.FromGenPartFlav(flavour, hasMatchedGenJet: true).Match.ShouldBe(match);

    [Fact]
    public void An_unmatched_NanoAOD_tau_without_gen_jet_has_no_truth()
    {
        NanoTruth.FromGenPartFlav(0, hasMatchedGenJet: false).Reason.ShouldBe(TruthMatch.NothingThere);
        // 261 is 5 in one byte; a code that is missing is none, not "unmatched".
        foreach (double unknown in new[] { 6, -1, 261, 2.5, double.NaN })
            Should.Throw<StepFailed>(() => NanoTruth.FromGenPartFlav(unknown, hasMatchedGenJet: true)).Message.ShouldContain("genPartFlav");
    }

    [Fact]
    public void An_unknown_class_gives_the_nearest() =>
        Should.Throw<Misuse>(() => StandardClasses.Scheme.Parse("jets")).Text.Facts[0].Value.ShouldStartWith("jet");

    [Fact]
    public void Stored_working_points_are_decoded_as_bits_or_as_a_number()
    {
        var ordinal = new StoredWorkingPoints(
            WorkingPointEncoding.Ordinal,
            [WorkingPoint.VLoose, WorkingPoint.Loose, WorkingPoint.Medium, WorkingPoint.Tight]);

        // TauTuple's masks: nine bits from VVVLoose
        var bits = new StoredWorkingPoints(WorkingPointEncoding.Bits, WorkingPoints.All);

        WorkingPoints.All.Where(point => bits.Passes(0b000011111, point)).Last().ShouldBe(WorkingPoint.Medium);
        bits.Passes(0b100000000, WorkingPoint.VVVTight).ShouldBeTrue();
        ordinal.Passes(2, WorkingPoint.Loose).ShouldBeTrue();
        ordinal.Passes(2, WorkingPoint.Medium).ShouldBeFalse();
        Should.Throw<Misuse>(() => ordinal.Passes(2, WorkingPoint.VVTight));
    }
}
