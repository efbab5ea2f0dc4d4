using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using Xunit;

namespace TauPipeline.Tests.Unit.Physics.Grids;

public sealed class GridBuilderTests
{
    private static readonly PlainTau Near = new(100, 0, 0, 30);

    [Theory]
    [InlineData(false, 21)]
    [InlineData(true, 21)]
    [InlineData(false, 20)]
    [InlineData(true, 9)]
    public void Every_cell_of_random_candidates_is_as_the_specification_reads(bool withoutInner, int outer)
    {
        PlainTau[] taus = Random(1, 60);

        IReadOnlyList<GridRows> grids = Build(taus, withoutInner, outer);

        for (int location = 0; location < 2; location++)
        {
            int cells = location == 0 ? 11 : outer;
            for (int row = 0; row < taus.Length; row++)
                for (int cell = 0; cell < cells * cells; cell++)
                {
                    (float[] egamma, float[] muon) = DenseGrids.Cell(taus[row], location, cell / cells, cell % cells, withoutInner, outer);
                    Dense(grids[location], row, cell, 0, 12).ShouldBe(egamma, 2e-5);
                    Dense(grids[location], row, cell, 1, 4).ShouldBe(muon, 2e-5);
                }
        }
    }

    // (a), (b) and (c) of 1.4, of what is accepted by the rules of 1.2 written out.
    [Fact]
    public void Filled_cells_and_valid_flags_are_no_more_than_what_entered_and_no_filled_cell_is_empty()
    {
        PlainTau[] taus = Random(2, 300);
        GridRows[] grids = [.. Build(taus)];

        for (int location = 0; location < 2; location++)
            for (int row = 0; row < taus.Length; row++)
            {
                int In(IEnumerable<PlainObject> those) => those.Count(one => DenseGrids.IsIn(one, taus[row], location, false));
                int[] entered =
                [
                    .. new[] { 2, 4, 3 }.Select(type => In(taus[row].PfCands.Where(one => one.Type == type))),
                    In(taus[row].Electrons), In(taus[row].Muons),
                ];
                (int first, int end) = (grids[location].Offsets[row], grids[location].Offsets[row + 1]);
                (int Component, int Column)[] valid = [(0, 2), (0, 8), (1, 2), (0, 10), (1, 3)];
                int[] flags = [.. valid.Select(one => Enumerable.Range(first, end - first)
                    .Count(cell => grids[location].Values[one.Component][cell * (one.Component == 0 ? 12 : 4) + one.Column] == 1))];

                (end - first).ShouldBeLessThanOrEqualTo(entered.Sum());
                flags.Zip(entered).ShouldAllBe(one => one.First <= one.Second);
                (flags.Sum() >= end - first).ShouldBeTrue();
                (end > first).ShouldBe(entered.Sum() > 0);
                grids[location].Cells[first..end].ShouldBe(grids[location].Cells[first..end].Distinct().Order());
            }
    }

    // (d): of unequal pts.
    [Fact]
    public void The_order_of_constituents_does_not_matter_unless_pts_are_equal()
    {
        PlainTau[] taus = Random(3, 50, hasTies: false);
        PlainTau[] turned =
        [
            .. taus.Select(tau => tau with { PfCands = [.. tau.PfCands.Reverse()], Electrons = [.. tau.Electrons.Reverse()] }),
        ];

        foreach ((GridRows one, GridRows other) in Build(taus).Zip(Build(turned))) ShouldBeSame(one, other);
    }

    // (e): signs of deta (column 4) turn, cells are mirrored.
    [Fact]
    public void Mirrored_candidates_have_mirrored_grids()
    {
        PlainTau[] taus = Random(4, 50);
        PlainTau[] mirrored =
        [
            .. taus.Select(tau => tau with
            {
                Eta = -tau.Eta,
                PfCands = Turn(tau.PfCands),
                Electrons = Turn(tau.Electrons),
                Muons = Turn(tau.Muons),
            }),
        ];
        IReadOnlyList<GridRows> grids = Build(taus), mirrors = Build(mirrored);

        for (int location = 0; location < 2; location++)
        {
            int cells = location == 0 ? 11 : 21;
            for (int row = 0; row < taus.Length; row++)
                for (int cell = 0; cell < cells * cells; cell++)
                {
                    float[] here = Dense(grids[location], row, cell, 0, 12);
                    here[4] = -here[4];
                    Dense(mirrors[location], row, (cells - 1 - cell / cells) * cells + cell % cells, 0, 12).ShouldBe(here);
                }
        }
        static PlainObject[] Turn(IEnumerable<PlainObject> those) => [.. those.Select(one => one with { Eta = -one.Eta })];
    }

    [Fact]
    public void Of_objects_of_one_group_in_a_cell_the_hardest_counts_and_of_equal_ones_the_first()
    {
        PlainTau tau = Near with { PfCands = [Electron(10, 1), Electron(20, 2), Electron(20, 3), Electron(5, 4), new(90, 0.001f, 0, 4)] };

        GridRows inner = Build([tau])[0];

        inner.Cells.ShouldBe([60]);
        inner.Values[0][5].ShouldBe(0.002f / 0.1f, 1e-6f);
        inner.Values[0][3].ShouldBe((0.2f - 0.25f) / 0.36f, 1e-6f);
        static PlainObject Electron(float pt, int number) => new(pt, 0, 0.001f * number, 2);
    }

    [Fact]
    public void An_object_without_a_pt_yields_to_any_other()
    {
        PlainObject none = new(float.NaN, 0, 0.001f, 2), some = new(1, 0, 0.002f, 2);

        foreach (PlainObject[] order in new[] { new[] { none, some }, [some, none] })
            Build([Near with { PfCands = order }])[0].Values[0][5].ShouldBe(0.002f / 0.1f, 1e-6f);
    }

    // 1.2: R = 0.05 at 100 GeV; what is at it exactly is outside the signal cone.
    [Fact]
    public void A_signal_constituent_is_in_both_grids_unless_the_outer_is_without_it()
    {
        PlainTau[] taus = [Near with { PfCands = [new(10, 0.0625f, 0, 4), new(10, 0.02f, 0, 4)] }];
        var wide = new ConstituentCones(LeastRadius: 0.0625);

        Build(taus).Select(one => one.Cells.Length).ShouldBe([1, 2]);
        Build(taus, withoutInner: true).Select(one => one.Cells.Length).ShouldBe([1, 1]);
        new GridBuilder(DenseGrids.Layout() with { Cones = wide }, DenseGrids.Scaling).Of(PlainTau.Batch(taus))[0].Cells.Length.ShouldBe(1);
    }

    [Fact]
    public void Rows_without_constituents_have_no_cells_and_a_batch_may_have_no_rows()
    {
        IReadOnlyList<GridRows> grids = Build([Near, Near with { Muons = [new(5, 0, 0)] }, Near]);

        grids[0].Offsets.ShouldBe([0, 0, 1, 1]);
        grids[0].Values.Select(values => values.Length).ShouldBe([12, 4]);
        Build([])[1].Offsets.ShouldBe([0]);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void A_type_that_is_not_known_is_an_error_that_names_row_constituent_and_rule(int type)
    {
        PlainTau wrong = Near with { PfCands = [new(1, 0, 0, 7), new(1, 0.4f, 3, type)] };

        ErrorText text = Should.Throw<StepFailed>(() => Build([Near, wrong])).Text;

        text.Facts.Select(fact => fact.Value).ShouldBe(
            ["1", "1", $"pfCand_particleType {(type == int.MinValue ? "NaN" : type)}", "pfCand_particleType in {0, 1, 2, 3, 4, 5, 6, 7} (campaign.yaml:7)"]);
    }

    [Theory]
    [InlineData("pfCand_phi")]
    [InlineData("pfCand_dxy")]
    [InlineData("pfCand_particleType")]
    public void Lists_of_different_lengths_are_an_error_that_names_the_row(string column)
    {
        PlainTau two = Near with { PfCands = [new(1, 0, 0, 1), new(2, 0, 0, 2)] };
        Batch rows = PlainTau.Batch([two, two]);
        Column other = rows[column].Spec.Type == ColumnType.Int32
            ? new JaggedColumn<int>(column, "pfCand", new[] { 0, 2, 3 }, new[] { 1, 2, 2 })
            : new JaggedColumn<float>(column, "pfCand", new[] { 0, 2, 3 }, new float[3]);

        ErrorText text = Should.Throw<StepFailed>(() => new GridBuilder(DenseGrids.Layout(), DenseGrids.Scaling).Of(rows.With(other))).Text;

        text.Facts.ShouldBe([("row", "1"), ("pfCand_eta", "2"), (column, "1")]);
    }

    [Fact]
    public void A_value_that_is_not_finite_where_that_is_an_error_names_feature_and_row()
    {
        var scaling = new FeatureScaling(DenseGrids.Scaling.Scales
            .Select(scale => scale.Feature == "share" ? scale with { NonFinite = NonFinite.Error } : scale));
        PlainTau wrong = Near with { Electrons = [new(1, 0, 0), new(float.PositiveInfinity, 0.03f, 0)] };

        var builder = new GridBuilder(DenseGrids.Layout(), scaling);

        ErrorText text = Should.Throw<StepFailed>(() => builder.Of(PlainTau.Batch([Near, Near, wrong]))).Text;

        text.Title.ShouldContain("'share'");
        text.Facts[0].ShouldBe(("row", "2"));
    }

    [Fact]
    public void A_builder_that_was_used_before_gives_what_a_new_one_gives()
    {
        var builder = new GridBuilder(DenseGrids.Layout(), DenseGrids.Scaling);
        PlainTau[] many = Random(5, 40), few = Random(6, 3);
        builder.Of(PlainTau.Batch(many));

        foreach ((GridRows one, GridRows other) in builder.Of(PlainTau.Batch(few)).Zip(Build(few))) ShouldBeSame(one, other);
        foreach ((GridRows one, GridRows other) in builder.Of(PlainTau.Batch(many)).Zip(Build(many))) ShouldBeSame(one, other);
    }

    private static PlainTau[] Random(int seed, int count, bool hasTies = true)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => PlainTau.Random(random, hasTies))];
    }

    private static IReadOnlyList<GridRows> Build(PlainTau[] taus, bool withoutInner = false, int outer = 21) =>
        new GridBuilder(DenseGrids.Layout(withoutInner, outer), DenseGrids.Scaling).Of(PlainTau.Batch(taus));

    private static float[] Dense(GridRows grid, int row, int cell, int component, int width)
    {
        int at = Array.IndexOf(grid.Cells, cell, grid.Offsets[row], grid.Offsets[row + 1] - grid.Offsets[row]);
        return at < 0 ? new float[width] : grid.Values[component][(at * width)..((at + 1) * width)];
    }

    private static void ShouldBeSame(GridRows one, GridRows other)
    {
        one.Offsets.ShouldBe(other.Offsets);
        one.Cells.ShouldBe(other.Cells);
        foreach ((float[] values, float[] others) in one.Values.Zip(other.Values)) values.ShouldBe(others);
    }
}
