using Shouldly;
using TauPipeline.Expressions;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Statistics;
using Xunit;

namespace TauPipeline.Tests.Unit.Physics;

/// <summary>Weights by cell and class: the worked examples and invariants of the specification of UPP (4.2, 4.3, 4.6, 4.7).</summary>
public sealed class WeightTableTests
{
    private const int A = 0, B = 1;

    private static readonly CellBinning Three = new("three", [Expression.Parse("x", "test")],
        new CellGrid([new CellEdges(new BinEdges(0, 1, 2, 3), false)]));

    private static readonly SortedDictionary<int, double[]> Worked = new() { [A] = [10, 20, 0], [B] = [5, 40, 8] };

    public static TheoryData<TargetKind, double[], double[], double[]> WorkedExample => new()
    {
        { TargetKind.Mean, [7.5, 30, 4], [0.75, 1.5, 0], [1.5, 0.75, 0] },
        { TargetKind.Min, [5, 20, 0], [0.5, 1, 0], [1, 0.5, 0] },
        { TargetKind.Max, [10, 40, 8], [1, 2, 0], [2, 1, 0] },
        { TargetKind.Classes, [10, 20, 0], [1, 1, 0], [2, 0.5, 0] },
        { TargetKind.Uniform, [1, 1, 1], [0.1, 0.05, 0], [0.2, 0.025, 0] },
    };

    [Theory]
    [MemberData(nameof(WorkedExample))]
    public void The_worked_example_by_number(TargetKind kind, double[] target, double[] ofA, double[] ofB)
    {
        WeightTable table = Of(new WeightTarget(kind, [A]));

        table.Target.ShouldBe(target);
        table.Weights[A].ShouldBe(ofA);
        table.Weights[B].ShouldBe(ofB);
        table.Zeroed(B).ShouldBe(8);
    }

    [Fact]
    public void Classes_that_are_not_there_count_in_the_number_of_a_list() =>
        Of(new WeightTarget(TargetKind.Classes, [A, 7])).Target.ShouldBe([5, 10, 0]);

    [Fact]
    public void A_ratio_multiplies_the_weights_of_its_class()
    {
        var ratios = new Dictionary<int, double> { [B] = 3 };

        WeightTable table = WeightTable.Of("w", Three, Worked, (new WeightTarget(TargetKind.Mean, []), ratios), EmptyCells.Zero);

        table.Weights[A].ShouldBe([0.75, 1.5, 0]);
        table.Weights[B].ShouldBe([4.5, 2.25, 0]);
    }

    [Theory]
    [InlineData(TargetKind.Mean)]
    [InlineData(TargetKind.Max)]
    [InlineData(TargetKind.Uniform)]
    public void A_target_in_a_cell_without_rows_is_an_error_that_names_it(TargetKind kind)
    {
        StepFailed error = Should.Throw<StepFailed>(() => Of(new WeightTarget(kind, []), EmptyCells.Fail));

        error.Text.Facts.ShouldContain(fact => fact.Value.Contains("x 2 to 3: none of class 0", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(TargetKind.Min)]
    [InlineData(TargetKind.Classes)]
    public void A_cell_without_a_target_may_be_empty(TargetKind kind) =>
        Of(new WeightTarget(kind, [A]), EmptyCells.Fail).Weights[B][2].ShouldBe(0);

    [Theory]
    [InlineData(TargetKind.Mean)]
    [InlineData(TargetKind.Min)]
    [InlineData(TargetKind.Max)]
    [InlineData(TargetKind.Uniform)]
    public void Reweighted_spectra_are_equal_for_all_classes_and_equal_the_target(TargetKind kind)
    {
        WeightTable table = Of(new WeightTarget(kind, []));

        for (int cell = 0; cell < 2; cell++)
            foreach (int one in table.Counts.Keys)
                (table.Weights[one][cell] * table.Counts[one][cell]).ShouldBe(table.Target[cell], 1e-12);
    }

    [Fact]
    public void Counts_of_a_part_of_the_rows_are_scaled_to_all_of_them()
    {
        var counts = new CellCounts(2);
        counts.Fill([0, 1, -1], [4, 4, 4], [A, B, B]);

        counts.Scaled(new Dictionary<int, double> { [B] = 2.5 })[4].ShouldBe([1, 2.5]);
        counts.Scaled(new Dictionary<int, double>())[4].ShouldBe([1, 1]);
        counts.Outside.ShouldBe(1);
    }

    [Fact]
    public void A_class_without_weights_is_named() =>
        Should.Throw<StepFailed>(() => Of(new WeightTarget(TargetKind.Mean, [])).Look([0], [9], new float[1]))
            .Text.Title.ShouldContain("class 9");

    // 4.2 and 4.3, with what UPP did on the same values.
    [Theory]
    [InlineData(-1, 0, -1)]
    [InlineData(0, 1, 0)]
    [InlineData(0.25, 2, 1)]
    [InlineData(0.49999, 2, 1)]
    [InlineData(0.5, 3, 2)]
    [InlineData(1, 4, 2)]
    [InlineData(2, 4, -1)]
    [InlineData(double.PositiveInfinity, 4, -1)]
    [InlineData(double.NaN, -1, -1)]
    public void Cells_are_closed_below_and_the_last_one_above(double value, int withOverflow, int without)
    {
        var edges = new BinEdges([.. CellEdges.Steps(0, 0.5, 2), .. CellEdges.Steps(0.5, 1, 1)[1..]]);

        new CellEdges(edges, true).Count.ShouldBe(5);
        new CellEdges(edges, true).Find(value).ShouldBe(withOverflow);
        new CellEdges(edges, false).Find(value).ShouldBe(without);
    }

    [Fact]
    public void The_documented_example_has_152_times_42_cells()
    {
        double[] pt = [.. CellEdges.Steps(0, 1, 50), .. CellEdges.Steps(1, 2, 50)[1..], .. CellEdges.Steps(2, 3, 50)[1..]];
        var grid = new CellGrid(
            [new CellEdges(new BinEdges(pt), true), new CellEdges(new BinEdges(CellEdges.Steps(-2, 2, 40)), true)]);

        grid.Count.ShouldBe(152 * 42);
        grid.Find([[1.5], [-3]]).ShouldBe([76 * 42]);
        grid.Find([[1.5, 1.5], [double.NaN, 2]]).ShouldBe([-1, 76 * 42 + 41]);
        grid.At(76 * 42 + 41).ShouldBe([76, 41]);
    }

    private static WeightTable Of(WeightTarget target, EmptyCells empty = EmptyCells.Zero) =>
        WeightTable.Of("w", Three, Worked, (target, new Dictionary<int, double>()), empty);
}
