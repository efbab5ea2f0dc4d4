using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using Xunit;

namespace TauPipeline.Tests.Unit.Physics;

/// <summary>Three events with two, no and one candidate.</summary>
public sealed class NanoAodLayoutTests
{
    private static readonly NanoAodLayout Layout = new();

    [Fact]
    public void Each_tau_of_an_event_is_a_row_with_the_columns_of_its_event()
    {
        Batch rows = Layout.Candidates(Events(), firstEntry: 100);

        rows.Schema.Columns.Take(CandidateColumns.FromLayout.Count).Select(column => column.Name).ShouldBe(CandidateColumns.FromLayout);
        rows.Flat<ulong>(CandidateColumns.Evt).ToArray().ShouldBe([11ul, 11ul, 13ul]);
        rows.Flat<long>(CandidateColumns.Entry).ToArray().ShouldBe([100L, 100L, 102L]);
        rows.Flat<int>(CandidateColumns.TauIndex).ToArray().ShouldBe([0, 1, 0]);
        rows.Flat<float>(CandidateColumns.Pt).ToArray().ShouldBe([30f, 40f, 50f]);
        rows.Flat<int>(CandidateColumns.DecayMode).ToArray().ShouldBe([0, 10, 1]);
        rows.Flat<float>(CandidateColumns.Weight).ToArray().ShouldBe([1.5f, 1.5f, -1f]);
    }

    [Fact]
    public void The_matched_jet_is_the_one_linked_in_the_same_event()
    {
        Batch rows = Layout.Candidates(Events(), 0);

        rows.Flat<float>("matchedJet_pt").ToArray().ShouldBe([62f, float.NaN, 71f]);
        rows.Flat<int>(CandidateColumns.JetIndex).ToArray().ShouldBe([1, -1, 0]);
        Layout.CandidateSchema(Events().Schema).Find("matchedJet_genJetIdx").ShouldBe(rows.Schema.Find("matchedJet_genJetIdx"));
    }

    [Fact]
    public void What_a_matched_jet_lacks_is_missing_in_columns_of_whole_numbers_too()
    {
        Batch events = Events()
            .With(
                Jets("Jet_nConstituents", (byte)7, (byte)255, (byte)9),
                Jets("Jet_id", 4000000000u, 5u, 6u),
                Jets("Jet_good", true, true, false));

        Batch rows = Layout.Candidates(events, 0);

        rows.Flat<short>("matchedJet_nConstituents").ToArray().ShouldBe([255, short.MinValue, 9]);
        rows.Flat<long>("matchedJet_id").ToArray().ShouldBe([5, long.MinValue, 6]);
        rows.Flat<sbyte>("matchedJet_good").ToArray().ShouldBe([1, sbyte.MinValue, 0]);
        rows.Flat<int>("matchedJet_genJetIdx").ToArray().ShouldBe([1, int.MinValue, 4]);
        foreach (string name in new[] { "matchedJet_nConstituents", "matchedJet_id", "matchedJet_good", "matchedJet_pt" })
            Layout.CandidateSchema(events.Schema).Find(name).ShouldBe(rows.Schema.Find(name));
    }

    [Fact]
    public void A_number_without_room_in_the_widened_column_is_refused()
    {
        Batch events = Events().With(Jets("Jet_hash", 1ul, 9223372036854775808ul, 3ul));

        StepFailed error = Should.Throw<StepFailed>(() => Layout.Candidates(events, 0));

        error.Message.ShouldContain("'Jet_hash'");
        error.Message.ShouldContain("9223372036854775808");
        Layout.Candidates(Events().With(Jets("Jet_hash", 1ul, 9223372036854775807ul, 3ul)), 0)
            .Flat<long>("matchedJet_hash")[0]
            .ShouldBe(long.MaxValue);
    }

    [Fact]
    public void What_it_takes_of_taus_and_jets_must_be_lists_of_theirs()
    {
        Schema file = Events().Schema;

        NeededColumn[] types = [.. Layout.Needs(file, ["matchedJet_pt"]).Types];

        types.Where(type => file.Find(type.Name) is not null).ShouldAllBe(type => type.Fits(file.Find(type.Name)));
        types.Single(type => type.Name == "Tau_pt").Fits(new ColumnSpec("Tau_pt", ColumnType.Float32)).ShouldBeFalse();
        types.Single(type => type.Name == "Tau_pt").Fits(new ColumnSpec("Tau_pt", ColumnType.Float64, "Tau")).ShouldBeTrue();
        types.Single(type => type.Name == "run").Fits(new ColumnSpec("run", ColumnType.Int64)).ShouldBeTrue();
        types.Single(type => type.Name == "run").Fits(new ColumnSpec("run", ColumnType.Float32)).ShouldBeFalse();
        types.Single(type => type.Name == "Jet_pt").Fits(new ColumnSpec("Jet_pt", ColumnType.Float32)).ShouldBeFalse();
        types.Single(type => type.Name == "genWeight").Fits(null).ShouldBeFalse();
    }

    [Fact]
    public void An_unmatched_tau_is_a_jet_only_if_its_jet_has_a_gen_jet()
    {
        // Genuine; not matched and without a jet; not matched, with a jet that has gen jet 4.
        CandidateTruth[] truth = Layout.Truth(Layout.Candidates(Events(), 0));

        truth.Select(one => (one.Code, one.Match.Reason)).ShouldBe([(5, null), (0, TruthMatch.NothingThere), (6, null)]);
    }

    [Fact]
    public void Where_the_file_does_not_tell_of_gen_jets_an_unmatched_tau_is_a_jet()
    {
        CandidateTruth[] truth = Layout.Truth(Layout.Candidates(Without("Jet_genJetIdx"), 0));

        truth.Select(one => one.Code).ShouldBe([5, 6, 6]);
        truth.ShouldAllBe(one => one.Sample == SampleType.Simulation);
    }

    [Fact]
    public void Without_generator_branches_all_are_data_of_weight_1()
    {
        Batch rows = Layout.Candidates(Without("Tau_genPartFlav", "Jet_genJetIdx", "genWeight"), 0);

        Layout.Truth(rows).ShouldAllBe(truth => truth == CandidateTruth.Data);
        rows.Flat<float>(CandidateColumns.Weight).ToArray().ShouldAllBe(weight => weight == 1);
    }

    [Fact]
    public void The_link_to_the_jet_may_be_missing_unless_somebody_asks_for_the_jet()
    {
        Batch unlinked = Without("Tau_jetIdx");

        LayoutNeeds modest = Layout.Needs(unlinked.Schema, ["Tau_mass"]), asking = Layout.Needs(unlinked.Schema, ["matchedJet_pt"]);

        modest.Needed.ShouldContain("Tau_mass");
        modest.Needed.ShouldNotContain("Tau_jetIdx");
        modest.Optional.ShouldContain("Tau_jetIdx");
        asking.Needed.ShouldContain("Jet_pt");
        asking.Needed.ShouldContain("Tau_jetIdx");
        Layout.CandidateSchema(unlinked.Schema).Find("matchedJet_pt").ShouldBeNull();
        Layout.Candidates(unlinked, 0).Flat<int>(CandidateColumns.JetIndex).ToArray().ShouldAllBe(index => index == -1);
    }

    private static Batch Events() => new(
    [
        new Column<uint>("run", new uint[] { 1, 1, 1 }),
        new Column<uint>("luminosityBlock", new uint[] { 5, 5, 6 }),
        new Column<ulong>("event", new ulong[] { 11, 12, 13 }),
        new Column<float>("genWeight", new[] { 1.5f, 1f, -1f }),
        Taus("Tau_pt", 30f, 40f, 50f), Taus("Tau_eta", 0.1f, 0.2f, 0.3f), Taus("Tau_phi", 1f, 2f, 3f), Taus("Tau_dz", 0f, 0.1f, 0.2f),
        Taus("Tau_decayMode", (byte)0, (byte)10, (byte)1),
        Taus("Tau_jetIdx", (short)1, (short)-1, (short)0),
        Taus("Tau_genPartFlav", (byte)5, (byte)0, (byte)0),
        Jets("Jet_pt", 61f, 62f, 71f), Jets("Jet_genJetIdx", 0, 1, 4),
    ]);

    private static Batch Without(params string[] names)
    {
        Batch events = Events();
        return events.Only(events.Schema.Columns.Select(column => column.Name).Except(names));
    }

    private static JaggedColumn<T> Taus<T>(string name, params T[] values)
        where T : unmanaged => new(name, "Tau", new[] { 0, 2, 2, 3 }, values);

    private static JaggedColumn<T> Jets<T>(string name, params T[] values)
        where T : unmanaged => new(name, "Jet", new[] { 0, 2, 2, 3 }, values);
}
