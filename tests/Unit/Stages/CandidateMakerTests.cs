using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Configuration;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Stages;
using TauPipeline.Tests.Unit.Physics;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

public sealed class CandidateMakerTests
{
    private static readonly RawTableName Table = new("a.root", "tree", "taus", "branch");
    private static readonly Batch Entries = TauTupleRows.Of(
        new(30, 0) { Lepton = 0, Kind = 5, VisiblePt = 25 },
        new(19, 0) { Lepton = 0, Kind = 5, VisiblePt = 25 },
        new(40, 0) { Jet = 1 },
        new(18, 0) { Jet = 1 },
        new(50, 0));

    [Fact]
    public void Every_row_is_in_the_ledger_by_class_and_reason()
    {
        CandidateMaker maker = Settings("ingest: { selection: tau_pt > 20 }").MakerFor(Table, Entries.Schema);
        var ledger = new RowLedger();

        Batch rows = maker.Make(Entries, 0, ledger);

        rows.Flat<long>(CandidateColumns.Entry).ToArray().ShouldBe([0L, 2L]);
        rows.Flat<int>(CandidateColumns.Type).ToArray().ShouldBe([StandardClasses.Tau.Index, StandardClasses.Jet.Index]);
        ledger.Closes.ShouldBeTrue();
        ledger.Lines.ShouldBe(
        [
            new(RowFate.In, "", "", 1, 1), new(RowFate.In, "", "jet", 2, 2), new(RowFate.In, "", "tau", 2, 2),
            new(RowFate.Out, "", "jet", 1, 1), new(RowFate.Out, "", "tau", 1, 1),
            new(RowFate.Dropped, TruthMatch.NothingThere, "", 1, 1),
            new(RowFate.Dropped, "not tau_pt > 20", "jet", 1, 1),
            new(RowFate.Dropped, "not tau_pt > 20", "tau", 1, 1),
        ]);
    }

    [Fact]
    public void Derived_columns_are_worked_out_and_kept_ones_stay_as_they_are()
    {
        CandidateMaker maker = Settings("ingest: { columns: { twice: 2 * tau_pt }, keep: [genLepton_(kind|index)] }")
            .MakerFor(Table, Entries.Schema);

        Batch rows = maker.Make(Entries, 0, new RowLedger());

        rows.Flat<float>("twice").ToArray().ShouldBe([60f, 38f, 80f, 36f]);
        rows.Flat<int>("genLepton_kind").ToArray().ShouldBe([5, 5, 0, 0]);
        rows.Schema.Columns.ShouldBe(maker.Schema.Columns);
        maker.Schema.Find("sampleType").ShouldBeNull();
        maker.Missing.ShouldBeEmpty();
    }

    // Where few rows stay they are moved first, where most do last: the columns worked out are those of the rows that stay.
    [Theory]
    [InlineData(15, new[] { 60f, 38f, 80f, 36f })]
    [InlineData(18.5, new[] { 60f, 38f, 80f })]
    [InlineData(35, new[] { 80f })]
    [InlineData(60, new float[0])]
    public void Derived_columns_follow_the_rows_that_stay(double above, float[] twice)
    {
        CandidateMaker maker = Settings(
                $"ingest: {{ selection: tau_pt > {above.ToString(System.Globalization.CultureInfo.InvariantCulture)}, columns: {{ twice: 2 * tau_pt }} }}"
            )
            .MakerFor(Table, Entries.Schema);

        Batch rows = maker.Make(Entries, 0, new RowLedger());

        rows.Flat<float>("twice").ToArray().ShouldBe(twice);
        rows.Flat<float>(CandidateColumns.Pt).ToArray().ShouldBe(twice.Select(one => one / 2));
    }

    [Fact]
    public void What_an_optional_branch_would_give_is_NaN_and_named()
    {
        IngestSettings settings = Settings(
            "ingest: { columns: { heavy: tau_mass > 1, twice: 2 * tau_pt }, optional: [tau_mass, tau_score] }",
            "tau_score");
        CandidateMaker maker = settings.MakerFor(Table, Entries.Schema);

        Batch rows = maker.Make(Entries, 0, new RowLedger());

        maker.Missing.ShouldBe(["heavy", "tau_score"]);
        maker.Reads.ShouldNotContain("tau_mass");
        rows.Flat<float>("heavy").ToArray().ShouldAllBe(value => float.IsNaN(value));
        rows.Flat<float>("tau_score").ToArray().ShouldAllBe(value => float.IsNaN(value));
        rows.Flat<float>("twice")[0].ShouldBe(60);
    }

    [Fact]
    public void What_a_tuple_says_is_missing_is_missing_in_shards_and_expressions()
    {
        Batch entries = Entries.With(
            new Column<float>("tau_sv_x", new[] { float.MinValue, 1, 2, 3, 4 }),
            new Column<int>("tau_hits", new[] { int.MinValue, 7, -8, 9, 10 }),
            new JaggedColumn<int>("ele_hits", "ele", new[] { 0, 2, 2, 2, 2, 2 }, new[] { int.MinValue, 5 }));
        CandidateMaker maker = Settings("""
            ingest:
              keep: [tau_sv_x, tau_hits]
              columns: { size: abs(tau_hits), few: tau_hits < 8, either: "where(tau_hits, 1, 2)", all_hits: sum(ele_hits), reach: tau_sv_x * 2 }
            """).MakerFor(Table, entries.Schema);

        Batch rows = maker.Make(maker.Entries(entries, 0), 0, new RowLedger());

        rows.Flat<float>("tau_sv_x").ToArray().ShouldBe([float.NaN, 1, 2, 3]);
        rows.Flat<int>("tau_hits").ToArray().ShouldBe([int.MinValue, 7, -8, 9]);
        rows.Flat<float>("size").ToArray().ShouldBe([float.NaN, 7, 8, 9]);
        rows.Flat<float>("few").ToArray().ShouldBe([0f, 1, 1, 0]);
        rows.Flat<float>("either").ToArray().ShouldBe([2f, 1, 1, 1]);
        rows.Flat<float>("all_hits").ToArray().ShouldBe([5f, 0, 0, 0]);
        rows.Flat<float>("reach").ToArray().ShouldBe([float.NaN, 2, 4, 6]);
    }

    [Fact]
    public void A_missing_branch_names_the_nearest()
    {
        IngestSettings settings = Settings("ingest: { columns: { far: tau_etta > 2 } }");

        StepFailed error = Should.Throw<StepFailed>(() => settings.MakerFor(Table, Entries.Schema));

        error.Text.Title.ShouldBe("tree 'taus' has no branch 'tau_etta'");
        error.Text.Facts[0].ShouldBe(("file", "a.root"));
        error.Text.Facts[1].Value.ShouldStartWith("nearest tau_eta");
        error.Text.Advice!.ShouldContain("optional");
    }

    [Fact]
    public void A_branch_that_every_candidate_needs_is_never_optional()
    {
        IngestSettings settings = Settings("ingest: { optional: all }");
        Schema without = new(Entries.Schema.Columns.Where(column => column.Name != "tau_pt"));

        ErrorText error = Should.Throw<StepFailed>(() => settings.MakerFor(Table, without)).Text;

        error.Title.ShouldContain("'tau_pt'");
        error.Advice!.ShouldContain("every candidate is made of tau_pt");
        error.Advice!.ShouldContain("`optional` does not help");
    }

    [Fact]
    public void Mistakes_of_the_block_come_all_at_once()
    {
        ConfigBlock root = Campaigns.Root("ingest: { layout: tau_tuples, selection: tau_pt >, keep: ['tau_(mass'] }");

        IngestSettings.Read(root.Block("ingest"), ClassSettings.Standard, [], null);

        string[] mistakes = Campaigns.MistakesOf(root);
        mistakes.Length.ShouldBe(3);
        mistakes.ShouldContain(title => title.Contains("'tau_tuples'", StringComparison.Ordinal));
        mistakes.ShouldContain(title => title.Contains("regular expression", StringComparison.Ordinal));
    }

    private static IngestSettings Settings(string yaml, params string[] carried)
    {
        ConfigBlock root = Campaigns.Root(yaml);
        IngestSettings settings = IngestSettings.Read(root.Block("ingest"), ClassSettings.Standard, carried, null);
        Campaigns.MistakesOf(root).ShouldBeEmpty();
        return settings;
    }
}
