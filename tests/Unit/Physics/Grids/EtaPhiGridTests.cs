using Shouldly;
using TauPipeline.Physics;
using Xunit;

namespace TauPipeline.Tests.Unit.Physics.Grids;

/// <summary>The tables of training-and-evaluation 1.3.</summary>
public sealed class EtaPhiGridTests
{
    private static readonly EtaPhiGrid Inner = new(11, 11, 0.02), Outer = new(21, 21, 0.05), Even = new(10, 10, 0.02);

    [Theory]
    [InlineData(0, 0, 60)]
    [InlineData(0.009, 0, 60)]
    [InlineData(0.0099999, -0.0101, 59)]
    [InlineData(0.01, -0.01, 70)]
    [InlineData(0.035, -0.052, 79)]
    [InlineData(-0.1, 0, 5)]
    [InlineData(0.1, 0.1, 120)]
    [InlineData(0.11, 0, EtaPhiGrid.Outside)]
    [InlineData(-0.11, 0, EtaPhiGrid.Outside)]
    [InlineData(0, 0.11, EtaPhiGrid.Outside)]
    [InlineData(0.1099999999999999, 0, 115)]
    [InlineData(double.NaN, 0, EtaPhiGrid.Outside)]
    public void The_inner_grid_has_the_cells_of_the_table_and_none_at_its_edge(double deta, double dphi, int cell) =>
        Inner.CellOf(deta, dphi).ShouldBe(cell);

    [Theory]
    [InlineData(0.49, 0, 430)]
    [InlineData(0.30, -0.26, 341)]
    [InlineData(-0.025, 0.0249, 199)]
    [InlineData(0.525, 0, EtaPhiGrid.Outside)]
    [InlineData(0.53, 0, EtaPhiGrid.Outside)]
    public void The_outer_grid_has_the_cells_of_the_table(double deta, double dphi, int cell) => Outer.CellOf(deta, dphi).ShouldBe(cell);

    // Index along one side: 0, -1, 1, 4, none (the original's loop skips it), -5; from 0 that is 5 more.
    [Theory]
    [InlineData(0, 5)]
    [InlineData(-0.001, 4)]
    [InlineData(0.0399, 6)]
    [InlineData(0.09, 9)]
    [InlineData(0.1, null)]
    [InlineData(-0.1, 0)]
    [InlineData(-0.1001, null)]
    public void Cells_of_an_even_grid_hold_their_lower_edge(double difference, int? index)
    {
        Even.CellOf(difference, 0).ShouldBe(index is { } eta ? eta * 10 + 5 : EtaPhiGrid.Outside);
        Even.CellOf(0, difference).ShouldBe(index is { } phi ? 50 + phi : EtaPhiGrid.Outside);
    }

    // One even count makes both ways even, by the same table.
    [Fact]
    public void A_grid_of_an_odd_and_an_even_count_goes_by_the_even_rule_both_ways()
    {
        var mixed = new EtaPhiGrid(11, 10, 0.02);

        mixed.CellOf(0.019, -0.001).ShouldBe(5 * 10 + 4);
        mixed.CellOf(-0.105, 0).ShouldBe(EtaPhiGrid.Outside);
        mixed.CellOf(0.105, 0).ShouldBe(10 * 10 + 5);
    }

    // The prototype's rule (1.7) is an independent one: floor((x + 0.11) / 0.02), but for exact borders.
    [Fact]
    public void Random_places_have_the_cell_of_the_prototypes_rule_and_never_one_that_is_not_there()
    {
        var random = new Random(5);
        for (int i = 0; i < 20_000; i++)
        {
            double deta = 0.13 * (2 * random.NextDouble() - 1), dphi = 0.13 * (2 * random.NextDouble() - 1);
            bool isInside = Math.Abs(deta) < 0.11 && Math.Abs(dphi) < 0.11;
            int expected = isInside
                ? (int)Math.Floor((deta + 0.11) / 0.02) * 11 + (int)Math.Floor((dphi + 0.11) / 0.02) : EtaPhiGrid.Outside;
            Inner.CellOf(deta, dphi).ShouldBe(expected);
        }
    }
}
