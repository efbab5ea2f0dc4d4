using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Statistics;
using Xunit;

namespace TauPipeline.Tests.Unit.Statistics;

public sealed class BinEdgesTests
{
    [Fact]
    public void Not_a_number_counts_as_above_the_range()
    {
        new BinEdges(0, 1, 2).Find(double.NaN).ShouldBe(2);
        new BinEdges(0, 1, 2).Contains(double.NaN).ShouldBeFalse();
    }

    [Theory]
    [InlineData(1.0, 1.0)]
    [InlineData(2.0, 1.0)]
    [InlineData(0.0, double.NaN)]
    [InlineData(0.0, double.PositiveInfinity)]
    public void Edges_that_do_not_increase_are_refused(double first, double second) =>
        Should.Throw<Misuse>(() => new BinEdges(first, second)).Text.Title.ShouldContain("increase strictly");

    [Fact]
    public void Equal_edges_have_equal_canonical_texts()
    {
        new BinEdges(20, 30.5, 1000).Canonical.ShouldBe("20,30.5,1000");
        new BinEdges(0, 0.5, 1).ShouldBe(BinEdges.Uniform(2, 0, 1));
    }

    [Fact]
    public void A_coarse_edge_between_fine_edges_is_refused_and_named()
    {
        var error = Should.Throw<Misuse>(() => BinEdges.Uniform(10, 0, 1).OnTo(new BinEdges(0, 0.25, 1)));

        error.Text.Title.ShouldContain("0.25");
    }

    [Fact]
    public void A_coarse_edge_that_differs_by_rounding_is_shared()
    {
        var fine = BinEdges.Uniform(250, 0, 2.5);

        int[] map = fine.OnTo(new BinEdges(0, 0.1 + 0.2, 2.3));

        map.Count(bin => bin == 0).ShouldBe(30);
        map.Count(bin => bin == 1).ShouldBe(200);
        map.Count(bin => bin == 2).ShouldBe(20);
    }

    [Fact]
    public void Histograms_of_other_edges_are_not_added() =>
        Should.Throw<Defect>(() => new CountHistogram(new BinEdges(0, 1)).Add(new CountHistogram(new BinEdges(0, 2))));

    [Fact]
    public void A_weighted_histogram_keeps_weights_and_squares_apart()
    {
        var histogram = new WeightedHistogram(new BinEdges(0, 1, 2));

        histogram.Fill(0.5, 2);
        histogram.Fill(0.7, 3);
        histogram.Fill(1, -1);
        histogram.Fill(2, 7);

        histogram.Contents.ShouldBe([5, -1]);
        histogram.Squares.ShouldBe([13, 1]);
    }
}
