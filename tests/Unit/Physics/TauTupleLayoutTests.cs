using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using Xunit;

namespace TauPipeline.Tests.Unit.Physics;

public sealed class TauTupleLayoutTests
{
    private static readonly TauTupleLayout Layout = new();

    [Fact]
    public void An_entry_is_a_candidate_that_knows_its_entry_number()
    {
        Batch rows = Layout.Candidates(TauTupleRows.Of(new(30, 0.5f), new(40, -0.5f)), firstEntry: 7);

        rows.Schema.Columns.Take(CandidateColumns.FromLayout.Count).Select(column => column.Name).ShouldBe(CandidateColumns.FromLayout);
        rows.Flat<long>(CandidateColumns.Entry).ToArray().ShouldBe([7L, 8L]);
        rows.Flat<float>(CandidateColumns.Pt).ToArray().ShouldBe([30f, 40f]);
    }

    [Fact]
    public void Weight_and_jet_index_may_be_missing()
    {
        Batch entries = TauTupleRows.Of(new TauTupleRow(30, 0));

        Batch rows = Layout.Candidates(entries, 0);

        rows.Flat<float>(CandidateColumns.Weight)[0].ShouldBe(1);
        rows.Flat<int>(CandidateColumns.JetIndex)[0].ShouldBe(-1);
        Layout.Needs(entries.Schema, []).Needed.ShouldNotContain("genEventWeight");
    }

    [Fact]
    public void Truth_follows_the_gen_lepton_then_the_gen_jet_and_says_why_there_is_none()
    {
        Batch rows = Layout.Candidates(TauTupleRows.Of(
            new(30, 0) { Lepton = 0, Kind = 5, VisiblePt = 25 },
            new(30, 0) { Lepton = 0, Kind = 5, VisiblePt = 14 },
            new(30, 0) { Lepton = 0, Kind = 3, VisiblePt = 9 },
            new(30, 0) { Lepton = 0, Kind = 2, VisiblePt = 9, VisibleEta = 0.3f },
            new(30, 0) { Jet = 2 },
            new(30, 0),
            new(30, 0) { Tau = -1, Jet = 2 },
            new(30, 0) { Sample = SampleType.Data }), 0);

        CandidateTruth[] truth = Layout.Truth(rows);
        truth.Select(one => (one.Code, one.Match.Reason ?? one.NoCandidate)).ShouldBe(
        [
            (5, null), (0, TruthMatch.TauTooSoft), (3, null), (0, TruthMatch.TooFar), (6, null),
            (0, TruthMatch.NothingThere), (0, "no reconstructed tau"), (0, null),
        ]);
        truth[^1].ShouldBe(CandidateTruth.Data);
    }

    [Theory]
    [InlineData(17)]
    [InlineData(3)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void A_sample_type_that_is_none_is_refused_by_its_code(int code)
    {
        Batch rows = Layout.Candidates(TauTupleRows.Of(new TauTupleRow(30, 0) { Jet = 1, Sample = (SampleType)code }), 0);

        string message = Should.Throw<StepFailed>(() => Layout.Truth(rows)).Message;

        message.ShouldContain("sample type");
        message.ShouldContain($"{code}");
    }

    [Fact]
    public void What_is_wanted_is_needed_once()
    {
        LayoutNeeds branches = Layout.Needs(TauTupleRows.Of().Schema, ["tau_mass", "tau_pt", "tau_mass"]);

        branches.Needed.Count(name => name == "tau_mass").ShouldBe(1);
        branches.Needed.Count(name => name == "tau_pt").ShouldBe(1);
    }
}
