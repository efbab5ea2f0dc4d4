using Shouldly;
using TauPipeline.Expressions;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Statistics;
using Xunit;

namespace TauPipeline.Tests.Unit.Physics;

public sealed class ResamplingDrawTests
{
    // UPP, section 6.2: rows 0 to 2 in the first cell, 3 to 6 in the second, none in the third.
    [Fact]
    public void The_worked_example_of_counting_up()
    {
        int[] cells = [0, 0, 0, 1, 1, 1, 1];

        IReadOnlyList<int> taken = ResamplingDraw.CountUp(cells, [0.5, 0.3, 0.2], 10, () => 0);

        taken.ShouldBe([0, 1, 2, 0, 0, 3, 4, 5, 0, 0]);
    }

    [Fact]
    public void Counting_up_gives_exactly_what_is_wanted_and_no_cell_more_than_one_off()
    {
        int[] cells = [.. Enumerable.Range(0, 4000).Select(row => row % 7 == 0 ? -1 : row % 3)];
        double[] target = [0.123, 0.456, 0.421];
        for (ulong seed = 0; seed < 50; seed++)
        {
            var random = new CounterRandom(1, seed);

            IReadOnlyList<int> taken = ResamplingDraw.CountUp(cells, target, 1001, () => random.NextDouble());

            taken.Count.ShouldBe(1001);
            taken.ShouldAllBe(row => cells[row] >= 0);
            for (int cell = 0; cell < 3; cell++)
                ((double)taken.Count(row => cells[row] == cell)).ShouldBe(1001 * target[cell], 3);
        }
    }

    [Fact]
    public void Counting_up_takes_a_row_again_only_when_its_cell_is_used_up()
    {
        int[] cells = [.. Enumerable.Repeat(0, 100), .. Enumerable.Repeat(1, 10)];
        var random = new CounterRandom(1, 1);

        IReadOnlyList<int> taken = ResamplingDraw.CountUp(cells, [0.5, 0.5], 100, () => random.NextDouble());

        taken.Where(row => row < 100).Distinct().Count().ShouldBe(taken.Count(row => row < 100));
        taken.Where(row => row >= 100).Distinct().Count().ShouldBe(10);
    }

    // chi2 against the multinomial of the target, at fixed seeds.
    [Fact]
    public void Drawing_by_ratio_gives_the_target()
    {
        int[] cells = [.. Enumerable.Range(0, 10_000).Select(row => row < 7000 ? 0 : row < 9900 ? 1 : row < 9999 ? 2 : -1)];
        double[] target = [0.2, 0.3, 0.5], own = [0.7, 0.29, 0.0099];
        double[] ratio = [.. target.Zip(own, (wanted, has) => wanted / has)];
        double smallest = 1;
        for (ulong seed = 0; seed < 20; seed++)
        {
            var random = new CounterRandom(2, seed);
            IReadOnlyList<int> taken = ResamplingDraw.ByRatio(cells, ratio, 5000, () => random.NextDouble());

            double[] counts = [.. Enumerable.Range(0, 3).Select(cell => (double)taken.Count(row => cells[row] == cell))];
            counts.Sum().ShouldBe(5000);
            double chi2 = counts.Zip(target, (count, share) => (count - 5000 * share) * (count - 5000 * share) / (5000 * share)).Sum();
            smallest = Math.Min(smallest, Math.Exp(-chi2 / 2)); // two degrees of freedom
        }
        smallest.ShouldBeGreaterThan(1e-3 / 20); // of 20 seeds
    }

    [Fact]
    public void A_row_without_a_chance_is_never_drawn()
    {
        ResamplingDraw.ByRatio([-1, 1, 0, 1], [1, 0], 5, () => 0.999999).ShouldBe([2, 2, 2, 2, 2]);
        ResamplingDraw.ByRatio([-1, 1, 0, 1], [1, 0], 5, () => 0).ShouldBe([2, 2, 2, 2, 2]);
        ResamplingDraw.ByRatio([1, 1], [1, 0], 5, () => 0).ShouldBeEmpty();
        ResamplingDraw.CountUp([1, 1], [1, 0], 5, () => 0).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(10, 10)]
    [InlineData(10, 3)]
    [InlineData(7, 1)]
    public void Rows_drawn_from_are_spread_evenly_and_all_wanted_ones_come_out(long available, long used)
    {
        var of = new ResampleClass(StandardClasses.Tau, available, used, 25);

        Enumerable.Range(0, (int)available).Count(row => of.Uses(row)).ShouldBe((int)used);
        of.Due(used).ShouldBe(25);
        of.Due(0).ShouldBe(0);
    }

    [Fact]
    public void Too_few_rows_are_an_error_that_says_how_many()
    {
        var rows = new ClassRows(StandardClasses.Jet, 100, [100]);
        var cells = new CellBinning("c", [Expression.Parse("x", "")], new CellGrid([new CellEdges(new BinEdges(0, 1), false)]));
        foreach ((ResamplingMethod method, double? fraction, long wanted) in new (ResamplingMethod, double?, long)[]
        {
            (ResamplingMethod.CountUp, 1, 101), (ResamplingMethod.CountUp, null, 101), (ResamplingMethod.CountUp, 0.5, 51),
            (ResamplingMethod.None, null, 101), (ResamplingMethod.Pdf, 0.5, 51),
        })
            Should.Throw<StepFailed>(() => ResamplePlan.Of(
                "low", rows, (rows, rows), wanted, new ResampleWish(method, StandardClasses.Tau, fraction, EmptyCells.Fail), cells))
                .Text.Title.ShouldBe($"'low' has too few rows of class jet to draw {wanted}");
        ResampleWish pdf = new(ResamplingMethod.Pdf, StandardClasses.Tau, null, EmptyCells.Fail);
        ResamplePlan.Of("low", rows, (rows, rows), 200, pdf, cells)
            .Wanted.ShouldBe(200);
    }
}
