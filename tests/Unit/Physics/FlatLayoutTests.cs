using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Physics;
using Xunit;

namespace TauPipeline.Tests.Unit.Physics;

/// <summary>Files with a row a candidate, whose columns the campaign names: here those of a tree as THOR writes them.</summary>
public sealed class FlatLayoutTests
{
    private static readonly ITupleLayout Layout = TupleLayouts.ByName("flat", new FlatColumns("tree", "TauJets_ptJetSeed", "TauJets_eta")
    {
        PtUnit = 1e-3,
        DecayMode = "TauJets_decayMode",
        Weight = "TauJets_mcEventWeight",
        Event = "TauJets_mcEventNumber",
    });

    private static readonly Batch Taus = new(
    [
        new Column<ulong>("TauJets_mcEventNumber", new ulong[] { 7, 9_007_199_254_740_993 }),
        new Column<float>("TauJets_ptJetSeed", new[] { 20_000f, 43_000f }),
        new Column<float>("TauJets_eta", new[] { -2.5f, 1 }),
        new Column<int>("TauJets_decayMode", new[] { 3, 0 }),
        new Column<double>("TauJets_mcEventWeight", new[] { -1.5, 2 }),
        new JaggedColumn<float>("TauTracks_pt", "TauTracks", new[] { 0, 2, 3 }, new[] { 1f, 2f, 3f }),
    ]);

    [Fact]
    public void Named_columns_make_the_candidate_and_all_keep_their_own()
    {
        Batch candidates = Layout.Candidates(Taus, firstEntry: 5);

        Layout.Table.ShouldBe("tree");
        candidates.Schema.Columns.Take(12).Select(column => column.Name).ShouldBe(CandidateColumns.FromLayout);
        candidates.Flat<float>(CandidateColumns.Pt).ToArray().ShouldBe([20, 43]);
        candidates.Flat<int>(CandidateColumns.DecayMode).ToArray().ShouldBe([3, 0]);
        candidates.Flat<ulong>(CandidateColumns.Evt)[1].ShouldBe(9_007_199_254_740_993ul);
        candidates.Flat<float>(CandidateColumns.Weight).ToArray().ShouldBe([-1.5f, 2]);
        candidates.Flat<long>(CandidateColumns.Entry).ToArray().ShouldBe([5, 6]);
        double.IsNaN(candidates[CandidateColumns.Phi].ToDoubles()[0]).ShouldBeTrue();
        candidates.Jagged<float>("TauTracks_pt")[0].ToArray().ShouldBe([1, 2]);
    }

    [Fact]
    public void Only_event_pt_and_eta_are_needed()
    {
        LayoutNeeds needs = Layout.Needs(Taus.Schema, ["TauTracks_pt"]);

        needs.Essential.ShouldBe(["TauJets_mcEventNumber", "TauJets_ptJetSeed", "TauJets_eta"]);
        needs.Optional.ShouldBe(["runNumber", "lumiBlock", "TauJets_decayMode", "TauJets_mcEventWeight"]);
        Layout.Candidates(Taus.Only([.. needs.Needed]), 0).Flat<float>(CandidateColumns.Weight).ToArray().ShouldBe([1, 1]);
    }
}
