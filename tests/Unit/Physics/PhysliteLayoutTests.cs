using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Physics;
using Xunit;

namespace TauPipeline.Tests.Unit.Physics;

public sealed class PhysliteLayoutTests
{
    private const string Taus = "AnalysisTauJetsAuxDyn",
        Link = $"{Taus}.truthParticleLink/{Taus}.truthParticleLink.m_persKey";
    private static readonly PhysliteLayout Layout = new();
    private static readonly int[] Offsets = [0, 2, 2, 5];

    // Three events with 2, 0 and 3 taus.
    private static readonly Batch Events = new(
    [
        new Column<uint>("EventInfoAuxDyn.runNumber", new uint[] { 300, 300, 301 }),
        new Column<uint>("EventInfoAuxDyn.lumiBlock", new uint[] { 1, 2, 3 }),
        new Column<ulong>("EventInfoAuxDyn.eventNumber", new ulong[] { 7, 8, 9_007_199_254_740_993 }),
        new Column<float>("EventInfoAuxDyn.averageInteractionsPerCrossing", new[] { 20f, 30, 40 }),
        new JaggedColumn<float>("EventInfoAuxDyn.mcEventWeights", "EventInfoAuxDyn", new[] { 0, 2, 2, 4 }, new[] { -1.5f, 8, 2.5f, 9 }),
        Of($"{Taus}.pt", 20_000f, 30_000, 40_000, 50_000, 60_500),
        Of($"{Taus}.eta", 0.1f, 0.2f, 0.3f, 0.4f, 0.5f),
        Of($"{Taus}.phi", 1.1f, 1.2f, 1.3f, 1.4f, 1.5f),
        Of($"{Taus}.RNNJetScore", 0.9f, 0.8f, 0.7f, 0.6f, 0.5f),
        Of($"{Taus}.PanTau_DecayMode", 0, 2, 3, 4, 5),
        Of<sbyte>($"{Taus}.IsTruthMatched", 1, 0, 1, 1, 1),
        Of<uint>(Link, PhysliteTruth.Taus, 0, PhysliteTruth.Electrons, PhysliteTruth.Muons, 5),
    ]);

    [Fact]
    public void Each_tau_jet_of_an_event_is_a_candidate()
    {
        Batch candidates = Layout.Candidates(Events, firstEntry: 100);

        candidates.Schema.Columns.Take(12).Select(column => column.Name).ShouldBe(CandidateColumns.FromLayout);
        candidates.Flat<ulong>(CandidateColumns.Evt).ToArray()
            .ShouldBe([7, 7, 9_007_199_254_740_993, 9_007_199_254_740_993, 9_007_199_254_740_993]);
        candidates.Flat<uint>(CandidateColumns.Run).ToArray().ShouldBe([300, 300, 301, 301, 301]);
        candidates.Flat<long>(CandidateColumns.Entry).ToArray().ShouldBe([100, 100, 102, 102, 102]);
        candidates.Flat<int>(CandidateColumns.TauIndex).ToArray().ShouldBe([0, 1, 0, 1, 2]);
        candidates.Flat<float>(CandidateColumns.Pt).ToArray().ShouldBe([20, 30, 40, 50, 60.5f]);
        candidates.Flat<float>("TauJets_pt").ToArray().ShouldBe([20_000, 30_000, 40_000, 50_000, 60_500]);
        candidates.Flat<float>("TauJets_RNNJetScore")[4].ShouldBe(0.5f);
        candidates.Flat<float>("EventInfo_averageInteractionsPerCrossing").ToArray().ShouldBe([20, 20, 40, 40, 40]);
        candidates.Flat<float>(CandidateColumns.Weight).ToArray().ShouldBe([-1.5f, -1.5f, 2.5f, 2.5f, 2.5f]);
    }

    [Fact]
    public void Decay_modes_are_in_the_numbers_of_all_candidates() =>
        Layout.Candidates(Events, 0).Flat<int>(CandidateColumns.DecayMode).ToArray().ShouldBe([0, 2, 10, 11, Missing.Of<int>()]);

    [Fact]
    public void Matched_is_a_tau_only_where_the_link_points_to_taus()
    {
        CandidateTruth[] truth = Layout.Truth(Layout.Candidates(Events, 0));

        truth.Select(one => one.Match.Match)
            .ShouldBe([GenLeptonMatch.Tau, GenLeptonMatch.NoMatch, GenLeptonMatch.Electron, GenLeptonMatch.Muon, null]);
        truth[4].Match.Reason.ShouldBe(PhysliteTruth.UnknownContainer);
        truth.ShouldAllBe(one => one.Sample == SampleType.Simulation);
    }

    [Fact]
    public void Without_truth_they_are_data_and_without_weights_each_counts_one()
    {
        Batch data = Layout.Candidates(Without($"{Taus}.IsTruthMatched", Link, "EventInfoAuxDyn.mcEventWeights"), 0);

        Layout.Truth(data).ShouldAllBe(one => one == CandidateTruth.Data);
        data.Flat<float>(CandidateColumns.Weight).ToArray().ShouldAllBe(weight => weight == 1);
    }

    [Fact]
    public void Short_names_are_the_branches_of_the_two_containers()
    {
        LayoutNeeds needs = Layout.Needs(Events.Schema, ["TauJets_RNNJetScore", "TauJets_nowhere", "EventInfo_mu", CandidateColumns.Pt]);

        needs.Needed.Skip(6).ShouldBe([$"{Taus}.RNNJetScore", $"{Taus}.nowhere", "EventInfoAuxDyn.mu"]);
        Layout.CandidateSchema(Events.Schema).Find("TauJets_truthParticleLink_m_persKey")!.Type.ShouldBe(ColumnType.UInt32);
        Layout.CandidateSchema(Events.Schema).Find("EventInfo_mcEventWeights").ShouldBeNull();
    }

    // The file tells nothing of events before selection: those seen are counted, with the first weight of each.
    [Fact]
    public void An_event_counts_with_the_first_of_its_weights()
    {
        var tally = new EventTally(Layout);

        tally.Add(Events);

        (tally.Events, tally.SumOfWeights).ShouldBe((3, 2.0));
    }

    private static Batch Without(params string[] names) =>
        Events.Only(Events.Schema.Columns.Select(column => column.Name).Except(names));

    private static JaggedColumn<T> Of<T>(string name, params T[] values) where T : unmanaged => new(name, Taus, Offsets, values);
}
