using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Physics;
using Xunit;

namespace TauPipeline.Tests.Unit.Physics;

public sealed class AtlasHdf5LayoutTests
{
    private static readonly ITupleLayout Layout = TupleLayouts.ByName("atlas_hdf5");

    private static readonly Batch Jets = new(
    [
        new Column<ulong>("eventNumber", new ulong[] { 7, 7, 9_007_199_254_740_993 }),
        new Column<float>("pt", new[] { 20_000f, 43_000f, 250_000f }),
        new Column<float>("eta", new[] { -2.5f, 0, 1 }),
        new JaggedColumn<float>("tracks_d0", "tracks", new[] { 0, 2, 2, 3 }, new[] { 0.1f, 0.2f, 0.3f }),
    ]);

    [Fact]
    public void Jets_are_candidates_in_GeV_that_keep_their_own_columns()
    {
        Batch candidates = Layout.Candidates(Jets, firstEntry: 100);

        candidates.Schema.Columns.Take(12).Select(column => column.Name).ShouldBe(CandidateColumns.FromLayout);
        candidates.Flat<float>(CandidateColumns.Pt).ToArray().ShouldBe([20, 43, 250]);
        candidates.Flat<float>("pt").ToArray().ShouldBe([20_000, 43_000, 250_000]);
        candidates.Flat<ulong>(CandidateColumns.Evt)[2].ShouldBe(9_007_199_254_740_993ul);
        candidates.Flat<long>(CandidateColumns.Entry).ToArray().ShouldBe([100, 101, 102]);
        candidates.Flat<float>(CandidateColumns.Weight).ToArray().ShouldBe([1, 1, 1]);
        candidates.Jagged<float>("tracks_d0")[0].ToArray().ShouldBe([0.1f, 0.2f]);
        double.IsNaN(candidates[CandidateColumns.DecayMode].ToDoubles()[0]).ShouldBeTrue();
    }

    [Fact]
    public void A_file_may_have_run_section_azimuth_and_weight()
    {
        Batch with = Jets.With(
            new Column<uint>("runNumber", new[] { 1u, 2u, 3u }), new Column<uint>("lumiBlock", new[] { 4u, 5u, 6u }),
            new Column<float>("phi", new[] { 0.5f, 1, 2 }), new Column<double>("mcEventWeight", new[] { -1.5, 1, 2 }));

        Batch candidates = Layout.Candidates(with, 0);

        candidates.Flat<uint>(CandidateColumns.Run)[2].ShouldBe(3u);
        candidates.Flat<uint>(CandidateColumns.Lumi)[0].ShouldBe(4u);
        candidates.Flat<float>(CandidateColumns.Phi)[0].ShouldBe(0.5f);
        candidates.Flat<float>(CandidateColumns.Weight)[0].ShouldBe(-1.5f);
    }

    [Fact]
    public void Without_an_event_number_there_is_no_candidate_and_all_else_may_be_missing()
    {
        LayoutNeeds needs = Layout.Needs(Jets.Schema, ["tracks_d0", "HadronConeExclTruthLabelID", CandidateColumns.Pt]);

        needs.Essential.ShouldBe(["eventNumber", "pt", "eta"]);
        needs.Needed.ShouldBe(["eventNumber", "pt", "eta", "tracks_d0", "HadronConeExclTruthLabelID"]);
        needs.Optional.ShouldBe(["runNumber", "lumiBlock", "phi", "mcEventWeight"]);
    }

    [Fact]
    public void Jets_of_one_event_are_told_apart_by_their_kinematics()
    {
        Batch candidates = Layout.Candidates(Jets, 0);
        Batch twice = candidates.Take([0, 1, 1]);

        var finder = new DuplicateFinder(1 << 20);

        finder.Find([(3, () => [candidates])], default)[0].ShouldBeEmpty();
        finder.Find([(3, () => [twice])], default)[0].ShouldBe([2]);
    }

    [Theory]
    [InlineData("HadronConeExclTruthLabelID")]
    [InlineData("ftagTruthOriginLabel")]
    [InlineData("flavour_label")]
    [InlineData("GhostBHadronsFinalCount")]
    [InlineData("eventNumber")]
    public void Labels_are_no_inputs_of_a_network(string column) => CandidateColumns.IsTruth(column).ShouldBeTrue();
}
