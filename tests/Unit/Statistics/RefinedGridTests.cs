using Shouldly;
using TauPipeline.Statistics;
using Xunit;

namespace TauPipeline.Tests.Unit.Statistics;

/// <summary>Right values: scipy.ndimage.map_coordinates (1.10.1), order 3, mode "nearest", in the middles of the parts.</summary>
public sealed class RefinedGridTests
{
    [Theory]
    [InlineData(2, new[] { 1.0, 2, 4, 3 }, new[]
    {
        0.961901129149634, 1.094109553820392, 1.56406192172457, 2.582091657532925, 3.719351183952089, 3.952523816047912, 3.308533342467078,
        2.85781307827543,
    })]
    [InlineData(3, new[] { 1.0, 2, 4, 3 }, new[]
    {
        0.958217436628875, 1, 1.142638951274376, 1.4522309456678, 2, 2.791073475874907, 3.566192114033258, 4.000000000000002,
        3.87825233041119, 3.431148746347319, 3.000000000000001, 2.844065350628495,
    })]
    [InlineData(2, new[] { 5.0 }, new[] { 5.0, 5 })]
    [InlineData(1, new[] { 5.0, 7 }, new[] { 5.0, 7 })]
    public void A_line_of_cells_is_cut_as_SciPy_does(int parts, double[] values, double[] expected)
    {
        double[] refined = CubicSpline.Refined(values, parts);

        refined.Length.ShouldBe(expected.Length);
        for (int i = 0; i < expected.Length; i++) refined[i].ShouldBe(expected[i], 1e-6);
    }

    [Fact]
    public void Two_variables_are_cut_together_and_what_is_below_zero_is_zero()
    {
        double[] expected =
        [
            1.081015416209517, 1.142872105036705, 1.497135524861544, 2.496292856041915, 3.819384747553895, 4.50233529619833,
            0.674900465050149, 1.032076266511979, 1.796514361913177, 2.59998327241242, 3.184384646494753, 3.426143007800172,
            0, 0.83066420706886, 2.34074516450599, 2.788478621910924, 2.030039142151933, 1.469768941325625,
            0, 0.719868368544133, 2.640124001557623, 2.892169038281428, 1.395039041092791, 0.393576652927467,
        ];
        var grid = new RefinedGrid(Grid([0, 10, 20], [0, 1, 2, 3]), 2);

        double[] refined = grid.Of([1, 2, 4, 0, 3, 1]);

        for (int i = 0; i < expected.Length; i++) refined[i].ShouldBe(expected[i], 1e-6);
        grid.Cells.Axes[0].Inner.Edges.ShouldBe([0, 5, 10, 15, 20]);
        grid.Cells.Axes[1].Inner.Edges.ShouldBe([0, 0.5, 1, 1.5, 2, 2.5, 3]);
    }

    // Cells of another width are interpolated by themselves: neither sees the other.
    [Fact]
    public void A_run_of_cells_of_one_width_does_not_depend_on_the_next()
    {
        var grid = new RefinedGrid(Grid([0, 1, 2, 3, 4, 14]), 2);

        double[] refined = grid.Of([1, 2, 4, 3, 100]), other = grid.Of([1, 2, 4, 3, 0]);

        refined[..8].ShouldBe(other[..8]);
        refined[..8].ShouldBe(CubicSpline.Refined([1, 2, 4, 3], 2));
        refined[8..].ShouldAllBe(value => Math.Abs(value - 100) < 1e-9);
    }

    private static CellGrid Grid(params double[][] edges) => new([.. edges.Select(axis => new CellEdges(new BinEdges(axis), false))]);
}
