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

    // data-preparation 2.3 (c): the codes of first-generation tuples, where an unmatched candidate is a jet without a gen jet.
    [Fact]
    public void Tuples_of_the_first_generation_tell_the_match_itself()
    {
        int[] codes = [1, 2, 3, 4, 5, 6, 99, 99];
        TauTupleRow[] rows =
        [
            .. Enumerable.Repeat(new TauTupleRow(30, 0), 6),
            new TauTupleRow(30, 0) { Tau = -1 }, new TauTupleRow(30, 0) { Sample = SampleType.Data }, // what these hold is not looked at
        ];
        Batch entries = FirstGeneration(codes, rows);

        CandidateTruth[] truth = Layout.Truth(Layout.Candidates(entries, 0));

        truth.Select(one => one.Code).ShouldBe([1, 2, 3, 4, 5, 6, 0, 0]);
        truth[6].NoCandidate.ShouldNotBeNull();
        truth[7].ShouldBe(CandidateTruth.Data);
        Layout.Needs(entries.Schema, []).Essential.ShouldContain("lepton_gen_match");
        Layout.Needs(entries.Schema, []).Essential.ShouldNotContain("genLepton_index");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(int.MinValue)]
    public void A_stored_match_that_is_none_is_refused_by_its_code(int code) =>
        Should.Throw<StepFailed>(() => Layout.Truth(Layout.Candidates(FirstGeneration([code], [new(30, 0)]), 0)))
            .Message.ShouldContain($"{code}");

    [Fact]
    public void A_file_with_gen_lepton_and_stored_match_is_matched_anew_and_one_with_neither_is_told_what_it_lacks()
    {
        Batch both = TauTupleRows.Of(new TauTupleRow(30, 0) { Jet = 1 }).With(new Column<int>("lepton_gen_match", new[] { 5 }));

        Layout.Truth(Layout.Candidates(both, 0))[0].Code.ShouldBe(6);
        Batch neither = FirstGeneration([5], [new(30, 0)]);
        neither = neither.Only(neither.Schema.Columns.Select(column => column.Name).Where(name => name != "lepton_gen_match"));
        Layout.Needs(neither.Schema, []).Essential.ShouldContain("genLepton_index");
    }

    private static Batch FirstGeneration(int[] codes, TauTupleRow[] rows)
    {
        Batch entries = TauTupleRows.Of(rows);
        return entries.Only(entries.Schema.Columns.Select(column => column.Name)
            .Where(name => !name.StartsWith("gen", StringComparison.Ordinal))).With(new Column<int>("lepton_gen_match", codes));
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
