using Shouldly;
using TauPipeline.Formats;
using TauPipeline.Plotting;
using TauPipeline.Stages;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

public sealed class WeightFiguresTests
{
    // Two variables with overflow in the second: x has 2 cells, y has 1 between two beyond its edges.
    private static readonly WeightTableEntry Table = new(
        "w", "jets", "tau_type", ["x", "y"], [[0, 1, 3], [double.NegativeInfinity, 5, 6, double.PositiveInfinity]],
        [0, 6, 0, 0, 6, 0],
        [
            new WeightTableClass(0, "a", [1, 4, 0, 0, 8, 2], [0, 1.5, 0, 0, 0.75, 0], 3),
            new WeightTableClass(1, "b", [0, 8, 0, 0, 4, 0], [0, 0.75, 0, 0, 1.5, 0], 0),
        ],
        0);

    [Fact]
    public void After_reweighting_all_classes_have_one_spectrum()
    {
        Dictionary<string, HistogramFigure> figures = Figures();

        HistogramFigure after = figures["weights_w_0_after"], before = figures["weights_w_0_before"];
        after.Series[0].Densities.ShouldBe(after.Series[1].Densities);
        before.Series[0].Densities.ShouldNotBe(before.Series[1].Densities);
        after.Edges.ShouldBe([0, 1, 3]);
        after.Series[0].Densities.ShouldBe([6.0 / 24, 6.0 / 24 / 2]);
    }

    [Fact]
    public void Entries_beyond_the_edges_are_not_drawn_and_those_of_weight_0_are_told()
    {
        HistogramFigure before = Figures()["weights_w_1_before"];

        before.Edges.ShouldBe([5, 6]);
        before.Series.Select(series => series.Densities.Single()).ShouldBe([12.0 / 24, 12.0 / 24]);
        before.Caption.ShouldEndWith("3 entries have weight 0, for some class has none in their cell.");
    }

    private static Dictionary<string, HistogramFigure> Figures() =>
        WeightFigures.Of(new WeightTablesFile([Table]), PlotSettings.Read(Campaigns.Root("plot: { }").Block("plot")))
            .ToDictionary(figure => figure.Name, figure => (HistogramFigure)figure.Figure);
}
